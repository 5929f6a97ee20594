import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { failures } from '../../src/protocol/failure.ts';
import { routes } from '../../src/protocol/routes.ts';
import { code, markdownTable } from './markdown.ts';

type AnyRoute = {
  method: string;
  path: string;
  summary: string;
  query?: Record<string, string>;
  body?: GenericSchema;
};

/** docs/api.md: the routes and the errors, from their tables. */
export function apiDocument(): string {
  return `# The agent’s API

Generated from \`src/protocol/routes.ts\` and \`src/protocol/failure.ts\`. HTTP and WebSocket over two Unix sockets:
\`agent.sock\` (operator) and \`watch.sock\` (viewer: only read actions may run). JSON; every object carries \`schema: 1\`;
the wire carries \`{action, args}\`, never a command line. \`GET /v1/openapi.json\` serves the schemas of the answers.

${markdownTable(['route', 'what', 'query'], rows().map(routeLine))}
${bodies()}
## Errors

\`{"error": {"code", "message", "nextStep"}}\`, and for \`judgement.changed\` the \`difference\`, a list of sentences.

${markdownTable(
  ['code', 'status', 'audience', 'exit code of a command', 'next step'],
  Object.entries(failures).map(([name, row]) => [
    code(name),
    String(row.status),
    row.audience,
    String(row.exit),
    row.nextStep,
  ]),
)}`;
}

function rows(): AnyRoute[] {
  return Object.values(routes);
}

function routeLine(route: AnyRoute): string[] {
  const query = Object.entries(route.query ?? {}).map(([name, value]) => code(`${name}=${value}`));
  return [code(`${route.method} ${route.path}`), route.summary, query.join(' ')];
}

function bodies(): string {
  return rows()
    .flatMap((route) =>
      route.body
        ? [
            `What \`${route.method} ${route.path}\` takes:\n\n\`\`\`json\n${JSON.stringify(toJsonSchema(route.body), null, 2)}\n\`\`\`\n`,
          ]
        : [],
    )
    .join('\n');
}
