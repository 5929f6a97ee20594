import { problems } from '../../src/protocol/problem.ts';
import { code, markdownTable } from './markdown.ts';

/** docs/errors.md: what can be wrong with an answer from outside, from the table of problems. */
export function errorsDocument(): string {
  const rows = Object.entries(problems).map(([name, row]) => [code(name), row.audience, row.nextStep]);
  return `# What can be wrong with a source

Generated from \`src/protocol/problem.ts\`. Each source (plan, status, health …) has its own state and age; one that fails
carries one of these codes with a sentence that names the thing, and keeps its last good data. The API’s own errors stand
in [api.md](api.md).

${markdownTable(['code', 'who can act', 'next step'], rows)}`;
}
