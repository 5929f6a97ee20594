import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { keyOf } from '../driver/key-of.ts';
import { type App, startApp } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

let cluster: Watched;
let app: App;

beforeAll(async () => {
  cluster = await watched('--scenario', 'quiet');
});
afterEach(() => app.kill('SIGTERM'));
afterAll(() => cluster.end());

/** A console that has shown every screen, a menu and a card, in a terminal with these settings. */
async function toured(env: Record<string, string>, ...words: string[]): Promise<void> {
  app = startApp([cluster.agent, '--screen', 'plan', ...words], { columns: 100, rows: 30, env });
  await app.sees('/init/master-1');
  for (const [key, what] of [
    ['1', 'operation'],
    ['3', '192.168.1.12'],
    ['4', /\d\d:\d\d:\d\d/],
    ['2', '/init/master-1'],
    [keyOf('menu'), 'Actions'],
  ] as const) {
    app.press(key);
    await app.sees(what);
  }
  app.press('Esc');
  await app.loses('Actions');
  app.press('x');
  await app.sees('risk: change');
  app.press('Esc');
  await app.loses('risk: change');
}

/** Every number in every SGR sequence written. */
function styles(): number[] {
  const all = [...app.written().matchAll(/\u001b\[([\d;]*)m/g)];
  return all.flatMap(([, codes = '']) => codes.split(';').map(Number));
}

const weights = [0, 1, 2, 7, 22, 27];

test('only the terminal’s own colours are used, and no background: dark and light both read', {
  timeout: 30_000,
}, async () => {
  await toured({});
  const own = [31, 32, 33, 34, 35, 36, 39];
  expect(styles().filter((code) => ![...weights, ...own].includes(code))).toEqual([]);
  expect(styles().some((code) => own.includes(code))).toBe(true);
});

for (const [how, env, words] of [
  ['under NO_COLOR', { NO_COLOR: '1' }, []],
  ['with --no-color', {}, ['--no-color']],
] as const)
  test(`${how} there is no colour, and what this is stays in reverse`, { timeout: 30_000 }, async () => {
    await toured(env, ...words);
    expect(styles().filter((code) => !weights.includes(code))).toEqual([]);
    expect(app.written()).toMatch(/\u001b\[[\d;]*7m REHEARSAL/);
  });

for (const [how, env] of [
  ['LANG=C', { LANG: 'C', TERM: 'xterm' }],
  ['the Linux console', { TERM: 'linux' }],
] as const)
  test(`under ${how} everything is ASCII by itself`, { timeout: 30_000 }, async () => {
    await toured(env);
    expect(app.written()).toMatch(/^[\x00-\x7f]*$/);
    await app.sees(/\. +master-1/);
    // An old Linux console prints a title where its cursor is.
    expect(app.written().includes('\u001b]2;')).toBe(env.TERM !== 'linux');
  });

describe('t goes through the ways to tell the time, and the zone is always there', () => {
  for (const columns of [80, 120])
    test(`in ${columns} columns`, { timeout: 30_000 }, async () => {
      app = startApp([cluster.agent, '--utc'], { columns, env: { TZ: 'Asia/Kolkata' } });
      await app.sees(/ \d\d:\d\d(:\d\d)?Z\s*$/m);
      app.press(keyOf('time-mode'));
      await app.sees('times are local');
      await app.sees(/ \d\d:\d\d(:\d\d)?\+05:30\s*$/m);
      app.press(keyOf('time-mode'));
      await app.sees('times are relative');
      await app.sees(/ \d\d:\d\d(:\d\d)?Z\s*$/m);
      app.press(keyOf('time-mode'));
      await app.sees('times are UTC');
    });
});

describe('names of every script', () => {
  const names = { 'master-1': '主节点一号', 'master-2': 'שרת־שני', 'master-3': 'mai\u0302tre-trois' };
  let dir: string;
  let strange: Watched;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'gravity-console-names-'));
    const recorded = readFileSync(join(import.meta.dirname, '../recordings/plans/fresh-3m2w.json'), 'utf8');
    const renamed = Object.entries(names).reduce(
      (text, [plain, name]) => text.replaceAll(plain, name),
      recorded,
    );
    writeFileSync(join(dir, 'plan.json'), renamed);
    strange = await watched('--scenario', 'quiet', '--plan', join(dir, 'plan.json'));
  });
  afterAll(async () => {
    await strange.end();
    rmSync(dir, { recursive: true, force: true });
  });

  test('are cut by cells: the columns beside them stay where they are', { timeout: 30_000 }, async () => {
    app = startApp([strange.agent, '--screen', 'nodes'], { columns: 80, rows: 39 });
    await app.sees(names['master-1']);
    expect(cellsWhere(/192\.168\.1\./)).toHaveLength(1);
    app.press('2', '/', ...'masters', 'Enter');
    await app.sees('filter masters');
    // A frame reaches the terminal in pieces: each name is waited for.
    for (const name of Object.values(names)) await app.sees(new RegExp(`${name}.* 0/[89]( |$)`, 'm'));
    expect(cellsWhere(/0\/[89]( |$)/)).toHaveLength(1);
  });

  test('lose what ASCII lacks, cell for cell', { timeout: 30_000 }, async () => {
    app = startApp([strange.agent, '--screen', 'nodes', '--ascii'], { columns: 80, rows: 24 });
    await app.sees('maitre-trois');
    expect(app.written()).toMatch(/^[\x00-\x7f]*$/);
    expect(cellsWhere(/192\.168\.1\./)).toHaveLength(1);
  });
});

/** The different cells of the lines that hold a text in which it begins, as the terminal counts cells. */
function cellsWhere(text: RegExp): number[] {
  const buffer = app.emulator.buffer.active;
  const found = new Set<number>();
  for (let row = 0; row < app.emulator.rows; row += 1) {
    const line = buffer.getLine(buffer.baseY + row);
    const at = line?.translateToString(true).search(text) ?? -1;
    if (line === undefined || at < 0) continue;
    let characters = 0;
    for (let column = 0; column < app.emulator.cols; column += 1) {
      if (characters === at) {
        found.add(column);
        break;
      }
      characters += line.getCell(column)?.getChars().length || (line.getCell(column)?.getWidth() ? 1 : 0);
    }
  }
  return [...found];
}
