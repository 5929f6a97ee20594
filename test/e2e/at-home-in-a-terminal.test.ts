import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { digitOf, keyOf } from '../driver/key-of.ts';
import { type App, startApp } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

let cluster: Watched;
let app: App;

beforeAll(async () => {
  cluster = await watched('--scenario', 'quiet');
});
afterEach(() => app.kill('SIGTERM'));
afterAll(() => cluster.end());

/** Starts a console on the plan and waits until all of it is there. */
async function consoleOf(columns: number, rows: number): Promise<void> {
  app = startApp([cluster.agent, '--screen', 'plan'], { columns, rows });
  await app.sees('/init/master-1');
}

/** One header, one rule as wide as the terminal, one footer, each in its place. */
function isOneFrame(columns: number, rows: number): boolean {
  const lines = app.screen().split('\n');
  return (
    lines.length === rows &&
    lines.filter((line) => line.includes('REHEARSAL')).length === 1 &&
    lines[0]?.startsWith(' REHEARSAL') === true &&
    lines[2] === '─'.repeat(columns) &&
    lines.filter((line) => line.includes('─'.repeat(columns))).length === 1 &&
    lines.at(-1)?.startsWith(' x step') === true
  );
}

test('made smaller and larger, the terminal shows one whole console at every size', {
  timeout: 30_000,
}, async () => {
  await consoleOf(120, 36);
  for (const [columns, rows] of [
    [80, 24],
    [60, 15],
    [200, 50],
    [40, 10],
    [100, 30],
  ] as const) {
    app.resize(columns, rows);
    await app.shows(`one frame of ${columns}x${rows}`, () => isOneFrame(columns, rows));
  }
});

test('in a terminal of a few cells it lives, and comes back whole', { timeout: 30_000 }, async () => {
  await consoleOf(80, 24);
  app.resize(9, 3);
  await app.shows('the word that tells what this is', () => app.screen().startsWith(' REHEARS'));
  app.resize(80, 24);
  await app.shows('one frame', () => isOneFrame(80, 24));
});

test('what others wrote over the screen is gone after ctrl-l, which clears nothing', {
  timeout: 30_000,
}, async () => {
  await consoleOf(80, 24);
  await app.scribble('\u001b[7;1HBroadcast message from root@master-1: going down for reboot\r\n\n\n\n');
  await app.sees('Broadcast message');
  app.press(keyOf('repaint'));
  await app.loses('Broadcast message');
  await app.shows('one frame', () => isOneFrame(80, 24));
  expect(app.written()).not.toMatch(/\u001b\[[23]J|\u001bc/);
});

test('stopped, and continued by a shell that left the terminal in its own modes, it takes them all anew', {
  timeout: 30_000,
}, async () => {
  await consoleOf(80, 24);
  process.kill(app.pid, 'SIGSTOP');
  await app.scribble('\u001b[?1049l\u001b[?25h\u001b[?2004l$ fg\r\n');
  spawnSync('stty', ['-F', readlinkSync(`/proc/${app.pid}/fd/0`), 'sane']);
  await app.sees('$ fg');
  process.kill(app.pid, 'SIGCONT');
  await app.shows(
    'one frame on its own screen',
    () => app.emulator.buffer.active.type === 'alternate' && isOneFrame(80, 24),
  );
  // A key counts without Enter, and is not echoed: the terminal is raw again.
  app.press(digitOf('overview'));
  await app.sees('operation');
});
