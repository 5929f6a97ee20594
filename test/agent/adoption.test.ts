import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Client } from '../../src/console/client.ts';
import { aRun } from '../actions/a-cluster.ts';
import { agentRig, awaitEnd, awaitState, type Rig, removeRig } from '../driver/agent-rig.ts';

const processes = systemProcesses(systemClock());

/** The agent in a process of its own. */
async function agentProcess(rig: Rig) {
  const argv = [join(import.meta.dirname, '../driver/agent-program.ts'), rig.dir];
  const started = processes.start({ path: process.execPath, argv });
  await new Promise<void>((resolve) => started.onStdout(() => resolve()));
  return {
    async killed() {
      started.kill('SIGKILL');
      await started.exited;
    },
  };
}

async function startStep(client: Client) {
  await awaitState(client, ({ plan, status }) => plan !== null && status !== null);
  const judgement = await client.judge('operation.step', {});
  if (!judgement.ok) throw new Error(judgement.failure.message);
  const request = { judgementId: judgement.value.id, requestId: 'the-one-request', drive: true };
  const answer = await client.start(request);
  if (!answer.ok) throw new Error(answer.failure.message);
  return { request, id: answer.value.id };
}

async function wholeOutput(client: Client, id: string): Promise<string> {
  let text = '';
  for (let from = 0; ; ) {
    const part = await client.output(id, from);
    if (!part.ok) throw new Error(part.failure.message);
    if (part.value.bytes.length === 0) return text;
    text += new TextDecoder().decode(part.value.bytes);
    from = part.value.next;
  }
}

const lines = Array.from({ length: 60 }, (_, n) => `line ${n} ${'x'.repeat(5000)}`);

describe('an agent killed before a run began', () => {
  it('is followed by one that says so, and does not wait for a keeper nobody started', async () => {
    const rig = agentRig();
    const dir = join(rig.dir, 'state', 'runs', 'r1');
    mkdirSync(dir, { recursive: true });
    const record = { judgementId: 'j', digest: 'd', wheelTaken: false, run: aRun() };
    writeFileSync(join(dir, 'run.json'), JSON.stringify(record));
    const agent = await rig.start();
    const run = await awaitEnd(rig.client(), 'r1');
    expect(run).toMatchObject({
      state: 'cancelled',
      startedAt: null,
      sentence: 'the agent ended before it began',
    });
    await agent.stop();
    removeRig(rig);
  });
});

describe('an agent killed in the middle of a run', () => {
  it('is followed by one that adopts the run, misses no byte, and starts nothing twice', async () => {
    const rig = agentRig();
    const client = rig.client();
    writeFileSync(join(rig.dir, 'lines'), `${lines.join('\n')}\n`);
    // Half of the output before the kill, half after, the rest when a file appears.
    rig.acts(
      `cd ${rig.dir}; head -30 lines; while [ -e act.sh ] && [ ! -e go ]; do sleep 0.05; done; tail -30 lines; exit 3`,
    );
    const first = await agentProcess(rig);
    const { request, id } = await startStep(client);
    await awaitState(client, ({ runs }) => runs.some((run) => run.id === id && run.outputBytes > 100_000));
    await first.killed();
    const agent = await rig.start();
    expect(await client.run(id)).toMatchObject({ value: { state: 'running' } });
    expect(await client.start(request)).toMatchObject({ ok: true, value: { id } });
    appendFileSync(join(rig.dir, 'go'), '');
    expect(await awaitEnd(client, id)).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(await wholeOutput(client, id)).toBe(`${lines.join('\n')}\n`);
    expect(rig.commands()).toHaveLength(1);
    await agent.stop();
    removeRig(rig);
  });

  it('is told of an end that came while nobody looked, and of a keeper that vanished', async () => {
    const rig = agentRig();
    const client = rig.client();
    rig.acts(
      `echo $PPID > ${rig.dir}/keeper; echo up; while [ -e ${rig.dir}/act.sh ] && [ ! -e ${rig.dir}/go ]; do sleep 0.05; done`,
    );
    const first = await agentProcess(rig);
    const { id } = await startStep(client);
    await awaitState(client, ({ runs }) => runs.some((run) => run.id === id && run.outputBytes > 0));
    await first.killed();
    const { stdout } = await processes.run(
      { path: '/bin/cat', argv: [join(rig.dir, 'keeper')] },
      { timeoutMs: 5_000, maxBytes: 100 },
    );
    expect(processes.signal(Number(new TextDecoder().decode(stdout)), 'SIGKILL')).toBe(true);
    appendFileSync(join(rig.dir, 'go'), '');
    const agent = await rig.start();
    expect(await awaitEnd(client, id)).toMatchObject({ state: 'lost', exitCode: null });
    await agent.stop();
    removeRig(rig);
  });
});
