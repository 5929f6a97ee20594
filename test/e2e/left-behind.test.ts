import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Started } from '../../src/ports.ts';
import { startApp } from '../driver/terminal.ts';

const program = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');
const clock = systemClock();
const processes = systemProcesses(clock);

/** Where the programs of a test put everything temporary: what is left behind is left here. */
let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'left-behind-'));
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

test('a simulated cluster takes everything it made with it when it is told to end', async () => {
  const started = await up(join(temporary, 'cluster'));
  expect(readdirSync(temporary)).not.toEqual([]);
  started.kill('SIGTERM');
  await started.exited;
  expect(readdirSync(temporary)).toEqual([]);
});

test('what a killed one left, the next one to start takes away', async () => {
  const killed = await up(join(temporary, 'killed'));
  killed.kill('SIGKILL');
  await killed.exited;
  expect(readdirSync(join(temporary, 'killed'))).toContain('control.sock');
  const next = await up(join(temporary, 'next'));
  expect(readdirSync(join(temporary, 'killed'))).toEqual([]);
  expect(entries()).toHaveLength(1);
  next.kill('SIGTERM');
  await next.exited;
  expect(readdirSync(temporary)).toEqual(['killed']);
});

test('a demo leaves nothing; killed, its programs end by themselves and the next start removes its directory', async () => {
  const app = startApp(['demo', '--scenario=quiet'], { env: { TMPDIR: temporary } });
  await app.sees('REHEARSAL');
  const [demo = ''] = readdirSync(temporary).filter((name) => name.startsWith('gravity-console-demo-'));
  const pids = entries().map((name) => Number(/^\d+/.exec(name)?.[0]));
  expect(pids).toHaveLength(2);
  app.kill('SIGKILL');
  while (pids.some((pid) => processes.birth(pid) !== null)) await clock.wait(50);
  expect(existsSync(join(temporary, demo))).toBe(true);
  const next = await up(join(temporary, 'next'));
  expect(existsSync(join(temporary, demo))).toBe(false);
  next.kill('SIGTERM');
  await next.exited;
});

function entries(): string[] {
  const [folder = ''] = readdirSync(temporary).filter((name) => /^gravity-console-\d+$/.test(name));
  return readdirSync(join(temporary, folder, 'simulators'));
}

async function up(dir: string): Promise<Started> {
  const argv = [program, 'simulate', 'up', `--dir=${dir}`, '--scenario=quiet', `--parent=${process.pid}`];
  const env = { ...process.env, TMPDIR: temporary };
  const started = processes.start({ path: process.execPath, argv, cwd: '/', env });
  await new Promise<void>((ready, fail) => {
    started.onStdout(() => ready());
    void started.exited.then(() => fail(new Error('it ended before it was ready')));
  });
  return started;
}
