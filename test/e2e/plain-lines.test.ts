import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { command } from '../driver/command.ts';
import { digitOf, keyOf } from '../driver/key-of.ts';
import { type App, startApp } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

let cluster: Watched;
let app: App;

beforeAll(async () => {
  cluster = await watched('--scenario', 'quiet', '--speed', '10');
});
afterEach(() => app.kill('SIGTERM'));
afterAll(() => cluster.end());

/** The kernel says when a process has stopped; lines are silent about it. */
async function stopped(pid: number): Promise<void> {
  while (!/\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
    await new Promise<void>((done) => setImmediate(done));
}

/** Everything that is no text, line end or carriage return. */
const controls = /[^\P{Cc}\r\n]/u;

test('s turns the screen into lines that are never touched again, one for each change, and s turns back', {
  timeout: 30_000,
}, async () => {
  app = startApp([cluster.agent, '--screen', 'plan', '--utc'], { columns: 100, rows: 40 });
  await app.sees('/init/master-1');
  app.press(keyOf('linear'));
  await app.sees('s goes back to the screen');

  // What the screen showed is there in words.
  expect(app.emulator.buffer.active.type).toBe('normal');
  await app.sees(/unstarted masters/);
  expect(app.screen()).not.toMatch(/[✓·▌│]/);

  // A change is one line with its time and zone, and nothing but it is written.
  const before = app.written().length;
  expect((await command(['do', 'operation.step', '--yes', '--wait', cluster.agent])).exitCode).toBe(0);
  await app.sees(/^\d\d:\d\d:\d\dZ phase \/init\/master-1 completed$/m);
  await app.sees(/^\d\d:\d\d:\d\dZ run Step \/init\/master-1 done/m);
  expect(app.written().slice(before)).not.toMatch(controls);

  app.press(keyOf('linear', 'linear'));
  await app.sees('2 Plan');
  expect(app.emulator.buffer.active.type).toBe('alternate');
  await app.sees(/✓ +master-1/);
});

test('in plain lines a digit says its screen, Enter where things stand, ? the keys; q leaves', {
  timeout: 30_000,
}, async () => {
  app = startApp([cluster.agent, '--utc'], { columns: 100, rows: 60 });
  await app.sees('operation');
  app.press(keyOf('linear'));
  await app.sees('s goes back to the screen');
  app.press(digitOf('nodes'));
  await app.sees(/^\* healthy master-1 /m);
  app.press(keyOf('help', 'linear'));
  await app.sees('to act: gravity-console do ACTION');
  app.press(keyOf('standing', 'linear'));
  await app.sees(/^\d\d:\d\d:\d\dZ REHEARSAL test {2}demo.example.com: /m);
  app.press(keyOf('leave', 'linear'));
  const { exitCode, screen } = await app.ends();
  expect(exitCode).toBe(0);
  expect(screen).toContain('next       gravity-console');
});

test('suspended and brought back, plain lines say anew where things stand', {
  timeout: 30_000,
}, async () => {
  app = startApp([cluster.agent], { columns: 100, rows: 60 });
  await app.sees('operation');
  app.press(keyOf('linear'));
  await app.sees('s goes back to the screen');
  app.press(keyOf('suspend', 'linear'));
  await stopped(app.pid);
  await app.scribble('\r\n$ fg\r\n');
  process.kill(-app.pid, 'SIGCONT');
  await app.sees(/\$ fg[\s\S]*s goes back to the screen/);
  app.press(keyOf('leave', 'linear'));
  expect((await app.ends()).exitCode).toBe(0);
});

test('the output of a run is said line by line as it comes', { timeout: 30_000 }, async () => {
  app = startApp([cluster.agent], { columns: 120, rows: 50 });
  await app.sees('operation');
  app.press(keyOf('linear'));
  await app.sees('s goes back to the screen');
  const { exitCode } = await command(['do', 'agent.status', '--wait', cluster.agent]);
  expect(exitCode).toBe(0);
  await app.sees(/run .* done/);
  app.press(keyOf('output', 'linear'));
  await app.sees(/master-1 .*192\.168/);
});

test('a dumb terminal gets lines from the start, and no control character at all', {
  timeout: 30_000,
}, async () => {
  app = startApp([cluster.agent, '--screen', 'nodes'], { env: { TERM: 'dumb' }, rows: 60 });
  await app.sees('s goes back to the screen');
  await app.sees(/healthy master-1/);
  app.press(keyOf('linear', 'linear'));
  await app.sees('TERM says that this terminal cannot draw a screen');
  app.press(keyOf('leave', 'linear'));
  expect((await app.ends()).exitCode).toBe(0);
  expect(app.written()).not.toMatch(controls);
  expect(app.written()).toMatch(/^[\r\n\x20-\x7e]*$/);
});
