import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actionById } from '../../src/actions/table.ts';
import { commandTable } from '../../src/commands/table.ts';

const root = resolve(import.meta.dirname, '../..');
const files = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...['src', 'screens', 'components', 'assets', 'docs'].flatMap(filesIn),
].filter((path) => /\.(tsx?|md|json)$/.test(path) && !path.startsWith('docs/gravity/'));

/** Words that follow the program's name in a sentence about it. */
const prose = new Set(['of', 'has', 'failed', 'link', 'is']);

describe('no screen, message or document names a command that does not exist', () => {
  for (const path of files) {
    const named = namedIn(readFileSync(join(root, path), 'utf8'));
    if (named.length === 0) continue;
    test(path, () => {
      for (const { command, operand } of named) {
        expect(Object.keys(commandTable), `gravity-console ${command}`).toContain(command);
        if (command === 'do' && operand.includes('.')) expect(actionById(operand), operand).toBeDefined();
        // Behind the daemon's name it would be a command of its own.
        if (command === 'agent')
          expect(['install', 'uninstall', 'status', 'start', 'stop']).not.toContain(operand);
      }
    });
  }
});

function namedIn(text: string): { command: string; operand: string }[] {
  const found = text.matchAll(/gravity-console ([a-z][a-z-]*)(?: ([a-z]+(?:[.-][a-z-]+)*)(?=[ `'"\n)]))?/g);
  return [...found]
    .map(([, command = '', operand = '']) => ({ command, operand }))
    .filter(({ command }) => !prose.has(command));
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  );
}
