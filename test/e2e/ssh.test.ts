import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Daemon, startAgentOn, startDaemon } from '../driver/daemon.ts';
import { type Sshd, startSshd } from '../driver/sshd.ts';
import { startAny } from '../driver/terminal.ts';
import { startTmuxOn } from '../driver/tmux.ts';

const bin = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');
let dir: string;
let cluster: Daemon;
let agent: Daemon;
let sshd: Sshd;
let console: string[];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gravity-console-ssh-'));
  sshd = await startSshd();
  cluster = await startDaemon(['simulate', 'up', '--dir', dir, '--scenario', 'quiet']);
  agent = await startAgentOn(cluster.ready, dir, ['--node=master-1']);
  console = [process.execPath, bin, '--agent', `unix:${dir}/agent.sock`];
});

afterAll(async () => {
  await agent.stop();
  await cluster.stop();
  sshd.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('over ssh with a terminal the console draws, takes keys, and leaves its summary', {
  timeout: 60_000,
}, async () => {
  const app = startAny([...sshd.ssh('-tt'), ...console], { columns: 80, rows: 24 });
  await app.sees('REHEARSAL');
  await app.sees('demo.example.com');
  app.press('2');
  await app.sees('/init');
  app.resize(100, 30);
  await app.sees(/2 Plan {2}3 Nodes/);
  app.press('q');
  const { exitCode, screen } = await app.ends();
  expect(exitCode).toBe(0);
  expect(screen).toContain('demo.example.com: updating');
});

test('over ssh without a terminal there is one line of status and the way to get a terminal', () => {
  const [ssh = '', ...words] = [...sshd.ssh(), ...console];
  const { status, stdout, stderr } = spawnSync(ssh, words, { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stdout).toMatch(/^REHEARSAL test {2}demo\.example\.com: updating[^\n]*\n$/);
  expect(stderr).toContain('use tsh ssh -t');
});

test('in tmux in ssh in tmux the console draws and takes keys', { timeout: 60_000 }, async () => {
  const inner = ['tmux', '-S', join(dir, 'inner'), '-f', '/dev/null', 'new-session', ...console];
  const outer = startTmuxOn([...sshd.ssh('-tt'), ...inner], { columns: 80, rows: 24 });
  await outer.sees('REHEARSAL');
  await outer.sees('demo.example.com');
  outer.press('2');
  await outer.sees('/init');
  outer.press('?');
  await outer.sees(/^ Keys\b/m);
  spawnSync('tmux', ['-S', join(dir, 'inner'), 'kill-server']);
  outer.kill();
});
