import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command } from '../driver/command.ts';
import { operatorOf } from '../driver/console.ts';
import { type Daemon, startAgentOn, startDaemon } from '../driver/daemon.ts';
import { type App, startApp, startProgram } from '../driver/terminal.ts';

let dir: string;
let cluster: Daemon;
let agent: Daemon;
let agentFlag: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gravity-console-shell-'));
  cluster = await startDaemon(['simulate', 'up', '--dir', dir, '--scenario', 'quiet']);
  agent = await startAgentOn(cluster.ready, dir, ['--node=master-1']);
  agentFlag = `--agent=unix:${dir}/agent.sock`;
});

afterAll(async () => {
  await agent.stop();
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe.runIf(process.getuid?.() === 0)('gravity shell at the console’s own terminal', () => {
  test('opens after its card, takes the terminal, and gives it back; ctrl-c in it does not end the console', {
    timeout: 90_000,
  }, async () => {
    const app = startApp([agentFlag]);
    await app.sees('REHEARSAL');
    await openShell(app);
    app.press('hostname\r');
    await app.sees(/^master-1$/m);
    expect(app.screen()).not.toContain('REHEARSAL');
    app.press('exit\r');
    await app.sees('REHEARSAL');
    await app.sees('q quit');
    app.press('2');
    await app.sees('/init');

    // What gets ctrl-c is the shell; killed by it, the console is there again.
    await openShell(app);
    app.press('Ctrl-C');
    await app.sees('REHEARSAL');
    await app.sees('q quit');
    app.press('q');
    expect((await app.ends()).exitCode).toBe(0);
    expect((await ends()).slice(-2)).toEqual(['done', 'failed: it was killed by SIGINT']);
  });

  test('is known as lost when its console is gone without a word', { timeout: 90_000 }, async () => {
    const app = startApp([agentFlag]);
    await app.sees('REHEARSAL');
    await openShell(app);
    app.kill('SIGKILL');
    while ((await ends()).length < 3);
    expect((await ends()).at(-1)).toMatch(/^lost: the console it ran in is gone/);
  });
});

test('from far away it is refused with the way to get it', { timeout: 90_000 }, async () => {
  const bin = join(import.meta.dirname, '../../bin/gravity-console.mjs');
  const app = startApp([`--via=${process.execPath} ${bin}`, agentFlag]);
  await app.sees('REHEARSAL');
  app.press('!');
  await app.sees('this one is far from the node');
  app.press('Esc');
  await app.loses('far from the node');
  app.press('q');
  await app.ends();
});

test('a program that was killed leaves the terminal as it was, echo and all', async () => {
  const app = startProgram('test/driver/hands-over.ts');
  const { screen } = await app.ends();
  expect(screen).toContain('ended by SIGKILL');
  expect(screen).toMatch(/[^-]icanon/);
  expect(screen).toMatch(/[^-]echo /);
});

test('a one-shot command has no terminal to lend', async () => {
  const { exitCode, stderr } = await command(['do', 'node.shell', '--yes', agentFlag]);
  expect(exitCode).toBe(4);
  expect(stderr).toContain('node.shell needs a terminal of its own');
});

async function openShell(app: App): Promise<void> {
  const operator = operatorOf(app);
  await operator.open('node.shell');
  await app.sees('gravity shell');
  await app.sees('Tab, then Enter');
  app.press('Tab', 'Enter');
  // The prompt of this shell, not what an earlier one left there.
  await app.sees(/brings the console back\nroot@master-1:\/#\s*$/);
}

/** How the shells of the journal ended, each with a beginning before it. */
async function ends(): Promise<string[]> {
  const entries: {
    kind: string;
    run?: { id: string; action: string; state: string; sentence: string | null };
  }[] = readFileSync(join(dir, 'state', 'journal.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const shells = entries.flatMap(({ run }) => (run?.action === 'node.shell' ? [run] : []));
  const begun = new Set(shells.filter(({ state }) => state === 'running').map(({ id }) => id));
  await new Promise(setImmediate);
  return shells
    .filter(({ id, state }) => begun.has(id) && state !== 'running' && state !== 'queued')
    .map(({ state, sentence }) => (sentence === null ? state : `${state}: ${sentence}`));
}
