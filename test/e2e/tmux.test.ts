import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command } from '../driver/command.ts';
import { type Daemon, startAgentOn, startDaemon } from '../driver/daemon.ts';
import { startTmux, type Tmux } from '../driver/tmux.ts';

let dir: string;
let cluster: Daemon;
let agent: Daemon;
let tmux: Tmux;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gravity-console-tmux-'));
  cluster = await startDaemon(['simulate', 'up', '--dir', dir, '--scenario', 'quiet', '--speed', '20']);
  agent = await startAgentOn(cluster.ready, dir, ['--node=master-1']);
  tmux = startTmux(['--agent', `unix:${dir}/agent.sock`, '--screen', 'plan'], { columns: 80, rows: 24 });
});

afterAll(async () => {
  await agent.stop();
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a step begun at 80x24 in tmux goes on when tmux and the console in it are gone', {
  timeout: 120_000,
}, async () => {
  await tmux.sees('REHEARSAL');
  await tmux.sees('demo.example.com');
  tmux.press('x');
  await tmux.sees('Tab, then Enter');
  await tmux.sees('risk: change');
  await command(['simulate', 'slow', '/init/master-1', '20', '--dir', dir]);
  tmux.press('Tab', 'Enter');
  await tmux.sees(/→ master-1/);
  tmux.kill();

  const { stdout } = await command(['do', 'agent.status', '--agent', `unix:${dir}/agent.sock`, '--wait']);
  expect(stdout).toContain('master-1');
  await until(async () => (await runsOf()).find((run) => run.action === 'operation.step')?.state === 'done');
  const plan = JSON.parse(
    (await command(['plan', '--agent', `unix:${dir}/agent.sock`, '-o', 'json'])).stdout,
  );
  expect(plan.phases.find((phase: { id: string }) => phase.id === '/init/master-1').state).toBe('completed');
});

async function runsOf(): Promise<{ action: string; state: string }[]> {
  return JSON.parse((await command(['runs', '--agent', `unix:${dir}/agent.sock`, '-o', 'json'])).stdout).runs;
}

/** Each look is a whole program that asks the agent: there is nothing to sleep for. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}
