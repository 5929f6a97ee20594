import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actionById, actions } from '../../src/actions/table.ts';
import type { Flag } from '../../src/commands/row.ts';
import { commandTable } from '../../src/commands/table.ts';
import { type KeymapRow, keymap } from '../../src/console/keymap.ts';
import { screenTable } from '../../src/console/screen-table.ts';
import type { GravityCommand } from '../../src/simulator/gravity/command-row.ts';

/** docs/operator.md is written by hand; whatever it names in code must be something there is. */
const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/operator.md'), 'utf8');

const gravityFolder = join(root, 'src/simulator/gravity');
const gravityCommands: readonly GravityCommand[] = (
  await Promise.all(
    readdirSync(gravityFolder)
      .filter((file) => /-commands?\.ts$/.test(file))
      .map(async (file) => Object.values(await import(join(gravityFolder, file))).flat()),
  )
)
  .flat()
  .filter(isCommand);
const rows = new Map(
  await Promise.all(Object.entries(commandTable).map(async ([name, load]) => [name, await load()] as const)),
);
const keys = new Set<string>([
  ...keymap.flatMap((row: KeymapRow) => row.keys),
  ...screenTable.map((row) => row.digit),
  ...actions.flatMap((row) => row.key ?? []),
]);
const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
  .join('\n');

/** What may stand in code, each kind with what is wrong with a text of that kind, null for nothing. The first that fits counts. */
const kinds: readonly { fits(text: string): boolean; wrong(text: string): string | null }[] = [
  { fits: (text) => keys.has(text), wrong: () => null },
  { fits: (text) => /^(tmux|tsh|systemctl|journalctl|rm|cat|reset)( |$)/.test(text), wrong: () => null },
  { fits: (text) => /^gravity-console( |$)/.test(text), wrong: wrongWithOurs },
  { fits: (text) => text.startsWith('gravity '), wrong: wrongWithGravitys },
  {
    fits: (text) =>
      actions.some(({ id }) => id.split('.')[0] === text.split('.')[0]) && /\.[a-z-]+$/.test(text),
    wrong: (text) => (actionById(text) || /\.sock$/.test(text) ? null : 'there is no such action'),
  },
  { fits: (text) => text.startsWith('--'), wrong: wrongWithFlag },
  { fits: (text) => rows.has(text), wrong: () => null },
  { fits: (text) => text.startsWith('/'), wrong: wrongWithPath },
  { fits: () => true, wrong: (text) => (inSource(text) ? null : 'the program never says this') },
];

const named = [...fenced(page), ...inline(page)];

test('the page names things in code', () => expect(named.length).toBeGreaterThan(0));

describe('what the operator’s page names in code is there', () => {
  for (const text of new Set(named))
    test(text, () => {
      expect(kinds.find((kind) => kind.fits(text))?.wrong(text)).toBeNull();
    });
});

describe('what can be done by hand stands in its table, with gravity’s own words', () => {
  for (const { id, gravity } of actions.filter((row) => row.gravity?.startsWith('gravity ')))
    test(id, () => expect(page.includes(`| \`${id}\` | \`${gravity}\` |`)).toBe(true));
});

test('every link of its index leads to a heading', () => {
  const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replaceAll(' ', '-')
      .replace(/[^a-z0-9-]/g, ''),
  );
  const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([]);
});

function isCommand(value: unknown): value is GravityCommand {
  return typeof value === 'object' && value !== null && 'words' in value && 'run' in value;
}

function fenced(text: string): string[] {
  return [...text.matchAll(/```\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block.split('\n').flatMap((line) => line.trim() || []),
  );
}

function inline(text: string): string[] {
  return [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** The words of a command line as the shell would hand them over; what it redirects is the shell's. */
function wordsOf(line: string): string[] {
  return line
    .replace(/ > \S+$/, '')
    .replace(/'[^']*'|"[^"]*"/g, 'VALUE')
    .split(' ');
}

function wrongWithOurs(line: string): string | null {
  const [, ...words] = wordsOf(line);
  const name = words[0]?.startsWith('-') === false ? words[0] : '';
  const row = rows.get(name);
  if (row === undefined) return `there is no command ${name}`;
  const action = name === 'do' ? actionById(words[1] ?? '') : undefined;
  if (name === 'do' && action === undefined) return `there is no action ${words[1]}`;
  const known = new Set([
    '--help',
    ...flagWords(row.flags),
    ...Object.keys(action?.takes ?? {}).map((arg) => `--${arg}`),
  ]);
  const unknown = flagsAmong(words).filter((flag) => !known.has(flag));
  return unknown.length === 0 ? null : `${name} has no ${unknown.join(', ')}`;
}

function flagWords(flags: Record<string, Flag>): string[] {
  return Object.entries(flags).flatMap(([flag, { alias }]) => [
    `--${flag}`,
    ...(alias === undefined ? [] : [alias.length === 1 ? `-${alias}` : `--${alias}`]),
  ]);
}

function flagsAmong(words: readonly string[]): string[] {
  return words.filter((word) => word.startsWith('-')).map((word) => word.split('=')[0] ?? word);
}

/** The simulated gravity knows the real one's commands; the longest that fits counts. */
function wrongWithGravitys(line: string): string | null {
  const [, ...words] = wordsOf(line);
  const command = gravityCommands
    .filter((one) => one.words.every((word, at) => words[at] === word))
    .toSorted((a, b) => b.words.length - a.words.length)[0];
  if (command === undefined) return 'gravity has no such command';
  if (command.words[0] === 'exec') return null;
  const known = new Set([
    ...Object.keys(command.flags ?? {}).map((flag) => `--${flag}`),
    ...Object.keys(command.shorts ?? {}).map((flag) => `-${flag}`),
  ]);
  const unknown = flagsAmong(words).filter((flag) => !known.has(flag));
  const operands = words.slice(command.words.length).filter((word) => !word.startsWith('-'));
  if (unknown.length > 0) return `gravity ${command.words.join(' ')} has no ${unknown.join(', ')}`;
  return operands.length > (command.operands ?? 0) ? `it takes no ${operands.join(' ')}` : null;
}

function wrongWithFlag(text: string): string | null {
  const [flag = ''] = flagsAmong([text]);
  const ours = [...rows.values()].some((row) => flagWords(row.flags).includes(flag));
  const gravitys = gravityCommands.some((command) => flag.slice(2) in (command.flags ?? {}));
  return ours || gravitys ? null : 'there is no such flag';
}

/** A path is there whole, or as a folder and what is made in it. */
function wrongWithPath(path: string): string | null {
  const cut = path.lastIndexOf('/');
  const inParts = inSource(path.slice(0, cut)) && inSource(path.slice(cut + 1));
  return inSource(path) || inParts ? null : 'the program knows no such path';
}

/** Capitals in the place of a value are not part of it; words in capitals are shown from small ones. */
function inSource(text: string): boolean {
  const fixed = text.replace(/(?<=[-/])[A-Z]+$/, '');
  return source.includes(fixed) || (/^[A-Z]+$/.test(text) && source.includes(`'${text.toLowerCase()}'`));
}
