import { readFileSync, rmSync, statSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { command } from '../driver/command.ts';
import { keyOf } from '../driver/key-of.ts';
import { type App, startApp } from '../driver/terminal.ts';
import { startTmux } from '../driver/tmux.ts';
import { type Watched, watched } from '../driver/watched.ts';

let cluster: Watched;
let app: App | null = null;

const error = 'the image registry at 192.168.1.11 refused the connection';

beforeAll(async () => {
  cluster = await watched('--scenario', 'quiet', '--speed', '50');
  await cluster.simulate('fail', '/init/master-1', error);
  await command(['do', 'operation.step', '--yes', '--wait', cluster.agent]);
});
afterEach(() => {
  app?.kill('SIGTERM');
  app = null;
});
afterAll(() => cluster.end());

/** A console that stands on the failed phase. */
async function onTheFailure(env: Record<string, string> = {}): Promise<App> {
  app = startApp([cluster.agent, '--screen', 'plan'], { columns: 80, rows: 24, env });
  await app.sees('refused the connection');
  return app;
}

/** The file named on the screen. */
async function fileNamed(from: App): Promise<string> {
  await from.sees(/\/\S*gravity-console-copy-\w+\.txt:/);
  return /(\/\S*gravity-console-copy-\w+\.txt):/.exec(from.screen())?.[1] ?? '';
}

test('y shows what can be copied of a phase, and y again copies its error', { timeout: 30_000 }, async () => {
  const on = await onTheFailure();
  on.press(keyOf('copy'));
  for (const name of ['error', 'phase', 'command', 'details', 'summary'])
    await on.sees(new RegExp(`^.${name}`, 'm'));
  on.press(keyOf('copy'));
  await on.sees('copied error');
  expect(on.copied()).toHaveLength(1);
  expect(on.copied()[0]).toContain(error);
});

test('its name and its literal command are copied too', { timeout: 30_000 }, async () => {
  const on = await onTheFailure();
  on.press(keyOf('copy'), 'j', 'Enter');
  await on.sees('copied phase');
  on.press(keyOf('copy'), 'j', 'j', 'Enter');
  await on.sees('copied command');
  expect(on.copied()[0]).toBe('/init/master-1');
  expect(on.copied()[1]).toMatch(/\/gravity plan execute --phase=\/init\/master-1/);
});

test('the output of a run is copied whole', { timeout: 30_000 }, async () => {
  const on = await onTheFailure();
  on.press(keyOf('output'));
  await on.sees('[ERROR]');
  on.press(keyOf('copy'), keyOf('copy'));
  await on.sees('copied output');
  expect(on.copied()[0]).toContain(error);
});

test('in the menu y copies the command of the marked action', { timeout: 30_000 }, async () => {
  const on = await onTheFailure();
  on.press(keyOf('menu'), keyOf('copy', 'menu'));
  await on.shows('something copied', () => on.copied().length > 0);
  expect(on.copied()[0]).toMatch(/gravity plan /);
});

test('Y writes a file that nobody else can read, and says where', { timeout: 30_000 }, async () => {
  const on = await onTheFailure();
  on.press(keyOf('copy-to-file'));
  const path = await fileNamed(on);
  expect(readFileSync(path, 'utf8')).toContain(error);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(on.copied()).toEqual([]);
  rmSync(path);
});

test('where a tmux far away may drop what is copied, it is in a file too', { timeout: 30_000 }, async () => {
  const on = await onTheFailure({ TERM: 'tmux-256color' });
  on.press(keyOf('copy'), keyOf('copy'));
  const path = await fileNamed(on);
  expect(on.copied()[0]).toContain(error);
  expect(readFileSync(path, 'utf8')).toContain(error);
  rmSync(path);
});

test('in a tmux what is copied is in its buffer', { timeout: 30_000 }, async () => {
  const tmux = startTmux([cluster.agent, '--screen', 'plan'], { columns: 80, rows: 24 });
  await tmux.sees('refused the connection');
  tmux.press(keyOf('copy'));
  await tmux.sees('y again');
  tmux.press(keyOf('copy'));
  await tmux.sees('copied error');
  expect(tmux.buffer()).toContain(error);
  tmux.kill();
});
