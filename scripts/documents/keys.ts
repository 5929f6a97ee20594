import { actions } from '../../src/actions/table.ts';
import { type KeymapRow, keymap, keyScopes } from '../../src/console/keymap.ts';
import { screenTable } from '../../src/console/screen-table.ts';
import { code, markdownTable } from './markdown.ts';

const rows: readonly KeymapRow[] = keymap;

/** docs/keys.md: every key by where it counts, from the keymap and the table of actions. */
export function keysDocument(): string {
  const parts = keyScopes
    .map((scope) => ({ scope, lines: rows.filter((row) => row.scope === scope).map(keyLine) }))
    .filter(({ lines }) => lines.length > 0);
  return `# Keys

Generated from \`src/console/keymap.ts\`, \`src/console/screen-table.ts\` and the table of actions.

## Screens

${markdownTable(
  ['key', 'screen'],
  screenTable.map((row) => [code(row.digit), `${row.title}: ${row.help}`]),
)}
## Actions

${markdownTable(['key', 'what'], actionLines())}
${parts.map(({ scope, lines }) => `## ${scope}\n\n${markdownTable(['key', 'what'], lines)}`).join('\n')}`;
}

/** The keys the README shows: those the footer ranks, and the actions'. */
export function keysSection(): string {
  const ranked = rows
    .filter((row) => ['everywhere', 'list', 'plan'].includes(row.scope) && row.footer !== null)
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
  const digits = screenTable.map((row) => row.digit).join(' ');
  return markdownTable(
    ['key', 'what'],
    [
      ...actionLines(),
      ...ranked.map(keyLine),
      [code(digits), `screens: ${screenTable.map((row) => row.title).join(', ')}`],
    ],
  );
}

function actionLines(): string[][] {
  return actions.flatMap((row) => (row.key === null ? [] : [[code(row.key), `${row.label}: ${row.help}`]]));
}

function keyLine(row: KeymapRow): string[] {
  return [row.keys.map(code).join(' '), row.label];
}
