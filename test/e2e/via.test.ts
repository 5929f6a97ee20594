import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shellQuote } from '../../src/actions/shell-quote.ts';
import { command } from '../driver/command.ts';
import { operatorOf } from '../driver/console.ts';
import { type Daemon, startAgentOn, startDaemon } from '../driver/daemon.ts';
import { type Sshd, startSshd } from '../driver/sshd.ts';
import { type App, startApp } from '../driver/terminal.ts';

const bin = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');
let dir: string;
let cluster: Daemon;
let agent: Daemon;
let sshd: Sshd;
let via: string[];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gravity-console-via-'));
  sshd = await startSshd();
  cluster = await startDaemon(['simulate', 'up', '--dir', dir, '--scenario', 'quiet', '--speed', '50']);
  agent = await startAgentOn(cluster.ready, dir, ['--node=master-1']);
  via = [`--via=${shellQuote([...sshd.ssh(), process.execPath, bin])}`, `--agent=unix:${dir}/agent.sock`];
});

afterAll(async () => {
  await agent.stop();
  await cluster.stop();
  sshd.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('through --via a console far away watches, steps a phase, and comes back when the link was lost', {
  timeout: 90_000,
}, async () => {
  const app = startApp([...via, '--screen', 'plan'], { columns: 110, rows: 30 });
  const operator = operatorOf(app);
  await app.sees('REHEARSAL');
  await operator.open('operation.step');
  await app.sees('/init/master-1');
  await operator.confirm();
  await app.sees(/✓ master-1/);

  process.kill(sshOf(app), 'SIGKILL');
  await app.sees(/the link of --via is lost: it was ended by SIGKILL/);
  await app.sees('the agent is heard again');
  await operator.open('operation.step');
  await app.sees('Step /init/master-2');
  app.press('Esc');
  app.press('q');
  expect((await app.ends()).exitCode).toBe(0);
});

test('through --via the one-shot commands tell of the agent over there, and do runs there', async () => {
  const { exitCode, stdout } = await command(['plan', '-o', 'json', ...via]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).operation.cluster).toBe('demo.example.com');
  const done = await command(['do', 'agent.status', '--wait', ...via]);
  expect(done.exitCode).toBe(0);
  expect(done.stdout).toContain('master-1');
});

test('a login that fails is told in ssh’s own words, and how to see more', async () => {
  const words = shellQuote(sshd.ssh('-o', 'PubkeyAuthentication=no'));
  const { exitCode, stdout, stderr } = await command(['status', `--via=${words}`]);
  expect(exitCode).toBe(5);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^no agent answers through --via: .*Permission denied.*\. Next: run it by itself: .*gravity-console proxy\n$/,
  );
});

/** The ssh a console started. */
function sshOf(app: App): number {
  const children = readFileSync(`/proc/${app.pid}/task/${app.pid}/children`, 'utf8').trim().split(' ');
  const pid = children
    .map(Number)
    .find((child) => readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'ssh');
  if (pid === undefined) throw new Error('the console has started no ssh');
  return pid;
}
