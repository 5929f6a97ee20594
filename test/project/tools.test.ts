import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** The tools that judge the tree as a whole, each a row: a finding of theirs is a failing test. */
const tools = [
  { title: 'the types are right', argv: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { title: 'the linter has no complaint', argv: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
  {
    title: 'what is generated in docs/ is what the tables say',
    argv: ['scripts/run-ts.mjs', 'scripts/docs.ts', '--check'],
  },
];

for (const { title, argv } of tools) {
  test(title, { timeout: 120_000 }, () => {
    const [script = '', ...words] = argv;
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...words], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
  });
}
