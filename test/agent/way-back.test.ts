import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Client } from '../../src/console/client.ts';
import { runChecklist } from '../../src/model/run-checklist.ts';
import { agentRig, awaitEnd, awaitState, type Rig, removeRig } from '../driver/agent-rig.ts';
import { movesPlan } from '../driver/rig-gravity.ts';

const processes = systemProcesses(systemClock());
const phase = '/masters/master-1/health';
const back = [
  '/masters/master-2/drain',
  ...['untaint', 'uncordon', 'taint', 'health'].map((name) => `/masters/master-1/${name}`),
];

/** `refusal`: what it may be refused with for a while before it is allowed. */
async function start(client: Client, action: string, args: Record<string, unknown>, refusal?: RegExp) {
  await awaitState(client, ({ plan, status }) => plan !== null && status !== null);
  let judgement = await client.judge(action, args);
  while (refusal && judgement.ok && refusal.test(judgement.value.reason ?? ''))
    judgement = await client.judge(action, args);
  if (!judgement.ok) throw new Error(judgement.failure.message);
  expect(judgement.value.reason).toBeNull();
  const { id: judgementId } = judgement.value;
  const answer = await client.start({ judgementId, requestId: `${action} ${judgementId}`, drive: true });
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
}

/** The leaves gravity was told to roll back, in order. */
function rolledBack(rig: Rig): string[] {
  return rig.commands().flatMap((line) => /^plan rollback --phase=(\S+)/.exec(line)?.[1] ?? []);
}

async function checklist(client: Client, id: string) {
  const answer = await client.cluster();
  if (!answer.ok) throw new Error(answer.failure.message);
  const { state } = answer.value;
  const run = state.runs.find((each) => each.id === id);
  return run === undefined ? [] : runChecklist(state, run);
}

const states = (items: Awaited<ReturnType<typeof checklist>>) => items.map(({ state }) => state);

/** Holds the rollback of the second leaf until a file is there; its processes' ids are in files. */
const held = `if [ "$leaf" = "${back[1]}" ]; then echo $$ > $dir/gravity.pid; echo $PPID > $dir/keeper.pid; echo up; while [ -e $dir/act.sh ] && [ ! -e $dir/go ]; do sleep 0.05; done; fi`;

describe('the way back to before a phase', () => {
  it('goes on under its keeper when the agent is killed, and the next agent follows it to its end', async () => {
    const rig = agentRig();
    const client = rig.client();
    movesPlan(rig, held);
    const argv = [join(import.meta.dirname, '../driver/agent-program.ts'), rig.dir];
    const first = processes.start({ path: process.execPath, argv });
    await new Promise<void>((resolve) => first.onStdout(() => resolve()));
    const { id } = await start(client, 'operation.rollback-to', { phase });
    await awaitState(client, ({ runs }) => runs.some((run) => run.id === id && run.step === 1));
    expect(states(await checklist(client, id)).slice(0, 3)).toEqual(['done', 'running', 'next']);
    first.kill('SIGKILL');
    await first.exited;
    const agent = await rig.start();
    expect(await client.run(id)).toMatchObject({ value: { state: 'running', step: 1 } });
    appendFileSync(join(rig.dir, 'go'), '');
    expect(await awaitEnd(client, id)).toMatchObject({ state: 'done' });
    expect(rolledBack(rig)).toEqual(back);
    expect(states(await checklist(client, id))).toEqual(back.map(() => 'done'));
    await agent.stop();
    removeRig(rig);
  });

  it('lost with its keeper, it is continued from where it stood: each leaf that was done once', async () => {
    const rig = agentRig();
    const client = rig.client();
    movesPlan(rig, held);
    const agent = await rig.start();
    const { id } = await start(client, 'operation.rollback-to', { phase });
    await awaitState(client, ({ runs }) => runs.some((run) => run.id === id && run.outputBytes > 0));
    for (const name of ['keeper', 'gravity'])
      processes.signal(Number(readFileSync(join(rig.dir, `${name}.pid`), 'utf8')), 'SIGKILL');
    expect(await awaitEnd(client, id)).toMatchObject({ state: 'lost', step: 1 });
    await awaitState(client, ({ plan }) =>
      plan?.phases.some((each) => each.id === back[1] && each.state === 'in_progress'),
    );
    expect(states(await checklist(client, id))).toEqual(['done', 'next', 'waits', 'waits', 'waits']);
    appendFileSync(join(rig.dir, 'go'), '');
    // Its keeper is gone, so whether its gravity is cannot be told within the usual time of the phase.
    const run = await start(client, 'run.continue', { run: id }, /it may still be running/);
    expect(run).toMatchObject({ action: 'operation.rollback-to', leaves: back.slice(1) });
    expect(await awaitEnd(client, run.id)).toMatchObject({ state: 'done' });
    expect(rolledBack(rig)).toEqual([...back.slice(0, 2), ...back.slice(1)]);
    await agent.stop();
    removeRig(rig);
  });

  it('stops at the first leaf that fails, tells why, and goes on from it', async () => {
    const rig = agentRig();
    const client = rig.client();
    movesPlan(
      rig,
      `if [ "$leaf" = "${back[2]}" ] && [ ! -e $dir/go ]; then set_state failed; echo '[ERROR]: node is degraded' >&2; exit 255; fi`,
    );
    const agent = await rig.start();
    const { id } = await start(client, 'operation.rollback-to', { phase });
    const ended = await awaitEnd(client, id);
    expect(ended).toMatchObject({ state: 'failed', step: 2, exitCode: 255 });
    expect(ended.sentence).toContain('node is degraded');
    const items = await checklist(client, id);
    expect(states(items)).toEqual(['done', 'done', 'failed', 'waits', 'waits']);
    expect(items[2]?.sentence).toBe(ended.sentence);
    await awaitState(client, ({ plan }) =>
      plan?.phases.some((each) => each.id === back[2] && each.state === 'failed'),
    );
    appendFileSync(join(rig.dir, 'go'), '');
    const run = await start(client, 'run.continue', { run: id });
    expect(await awaitEnd(client, run.id)).toMatchObject({ state: 'done', leaves: back.slice(2) });
    await agent.stop();
    removeRig(rig);
  });
});

describe('a note about a phase', () => {
  it('is written by whoever watches, cleaned, and is there after the agent’s next start', async () => {
    const rig = agentRig();
    const client = rig.client();
    const agent = await rig.start();
    const run = await start(client, 'phase.note', { phase, text: 'the disk was slow, storage knows' });
    expect(run).toMatchObject({ state: 'done' });
    await agent.stop();
    const next = await rig.start();
    const { notes } = await awaitState(client, (state) => state.notes.length > 0 && state);
    expect(notes).toMatchObject([{ phase, text: 'the disk was slow, storage knows', by: { user: 'ann' } }]);
    expect(existsSync(join(rig.dir, 'commands'))).toBe(false);
    await next.stop();
    removeRig(rig);
  });
});
