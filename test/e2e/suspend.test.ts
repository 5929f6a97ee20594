import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { command } from '../driver/command.ts';
import { startApp } from '../driver/terminal.ts';

const dir = mkdtempSync(join(tmpdir(), 'gravity-console-suspend-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('ctrl-z stops the console and not the agent it started; brought back, the console goes on', {
  timeout: 90_000,
}, async () => {
  const app = startApp(['demo', '--dir', dir]);
  await app.sees('1 Overview');
  await app.sees('UPDATING');
  app.press('Ctrl-Z');
  await app.loses('1 Overview');
  const { exitCode, stdout } = await command(['status', '--agent', `unix:${dir}/agent.sock`]);
  expect(exitCode).toBeLessThan(4);
  expect(stdout).toContain('demo.example.com');
  process.kill(-app.pid, 'SIGCONT');
  await app.sees('1 Overview');
  app.press('q');
  expect((await app.ends()).exitCode).toBe(0);
});
