import { type ActionDescription, describeActions } from './describe-actions.ts';

/** docs/actions.md: the table of actions, as a page. */
export function actionsDocument(): string {
  const rows = describeActions();
  const head = [
    '# Actions',
    '',
    'Everything an operator can do, generated from the table in `src/actions`. Each is reached from the action menu `a`',
    '(expert ones only from the palette `:`), with `gravity-console do ACTION`, and over the API as `{action, args}`.',
    '',
    '| action | what | risk | confirmed by | arguments | gravity |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  return `${[...head, ...rows.map(tableLine)].join('\n')}\n`;
}

function tableLine(row: ActionDescription): string {
  const name = row.key === null ? `\`${row.id}\`` : `\`${row.id}\`, key \`${row.key}\``;
  const risk = row.expert ? `${row.risk}, expert` : row.risk;
  const gravity = row.gravity === null ? '–' : `\`${row.gravity}\``;
  const cells = [name, `${row.label}. ${row.help}`, risk, row.confirm, argumentWords(row), gravity];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function argumentWords(row: ActionDescription): string {
  const required = row.args.required ?? [];
  const names = Object.keys(row.args.properties ?? {});
  if (names.length === 0) return '–';
  return names.map((name) => (required.includes(name) ? `\`${name}\`` : `[\`${name}\`]`)).join(' ');
}
