import { describe, expect, test } from 'vitest';
import { phaseTree } from '../../src/simulator/phase-tree.ts';
import { runScript, type ScriptAnswer } from '../../src/simulator/script/run-script.ts';
import { numbers } from './numbers.ts';
import { recordedPlan } from './recorded-plan.ts';

const M2 = '/masters/master-2';
const UPGRADE = `${M2}/system-upgrade`;

/** Three masters and two workers, of which the first master is upgraded, and the second drained. */
async function told(...lines: string[]): Promise<ScriptAnswer[]> {
  const plan = recordedPlan('nodes/04-remote-fails/plan.json');
  const answers = await runScript(plan, [`execute ${M2}/drain`, ...lines].join('\n'));
  return answers.slice(1);
}

const nothing = { 'master-1': {}, 'master-2': {}, 'master-3': {}, 'worker-1': {}, 'worker-2': {}, etcd: {} };

describe('who writes what, and who knows of it', () => {
  test('a remote success is written by its node and once more by the one that asked', async () => {
    const [done] = await told(`execute ${UPGRADE}`);
    expect(done?.changelog_added).toEqual([
      `${UPGRADE} in_progress`,
      `${UPGRADE} completed`,
      `${UPGRADE} completed`,
    ]);
    expect(done?.nodes).toEqual({
      ...nothing,
      'master-1': { [UPGRADE]: 'completed' },
      'master-2': { [`${M2}/drain`]: 'completed', [UPGRADE]: 'completed' },
      etcd: { [UPGRADE]: 'completed' },
    });
  });

  test('a remote failure is known to its node and etcd alone', async () => {
    const [, failed] = await told(`fail-execute ${UPGRADE} bad no room`, `execute ${UPGRADE}`);
    expect(failed).toMatchObject({ exit_code: 255 });
    expect(failed?.user_message).toContain('rpc error: code = Unknown desc = exit status 255');
    expect(failed?.nodes).toMatchObject({ 'master-1': {}, 'master-3': {}, etcd: { [UPGRADE]: 'failed' } });
    expect(failed?.nodes?.['master-2']).toMatchObject({ [UPGRADE]: 'failed' });
  });

  test.each([
    ['a completed phase', 'execute /checks', 0],
    ['a phase no plan has', 'execute /none', 255],
    ['a refused phase', `execute ${M2}/elect`, 255],
    ['a refused rollback', `rollback ${M2}/drain`, 255],
    ['a dry run', 'rollback-plan --dry-run', 0],
  ])('%s lets the lead know of it and changes nothing else', async (_what, command, code) => {
    const [, , next] = await told(`fail-execute ${UPGRADE} bad no room`, `execute ${UPGRADE}`, command);
    expect(next?.exit_code).toBe(code);
    expect(next?.changelog_added).toBeNull();
    expect(next?.nodes).toEqual({ ...nothing, 'master-1': { [UPGRADE]: 'failed' } });
  });

  test('the rollback of a leaf that the lead says is unstarted is judged on what it learns first', async () => {
    const [, , rolled] = await told(
      `fail-execute ${UPGRADE} bad no room`,
      `execute ${UPGRADE}`,
      `rollback ${UPGRADE}`,
    );
    expect(rolled).toMatchObject({ exit_code: 0, nodes: { 'master-1': { [UPGRADE]: 'rolled_back' } } });
  });

  test('a state set by hand is at once in etcd, and on the node of the phase with its next command', async () => {
    const [set, , there] = await told(`set ${UPGRADE} completed`, 'on-node master-2', `execute ${UPGRADE}`);
    expect(set?.nodes).toEqual({
      ...nothing,
      'master-1': { [UPGRADE]: 'completed' },
      etcd: { [UPGRADE]: 'completed' },
    });
    expect(there).toMatchObject({ exit_code: 0, stdout: '', changelog_added: null });
    expect(there?.nodes?.['master-2']).toMatchObject({ [UPGRADE]: 'completed' });
  });
});

describe('checks before and after the work of another node', () => {
  test('one before it leaves nothing anywhere', async () => {
    const [, failed] = await told(`fail-precheck ${UPGRADE} bad no room`, `execute ${UPGRADE}`);
    expect(failed).toMatchObject({ exit_code: 255, changelog_added: null, nodes: { etcd: {} } });
    expect(failed?.stdout).toContain(`Executing "${UPGRADE}" on remote node master-2`);
  });

  test('one after it leaves the phase in progress there, and a resume is refused by that node', async () => {
    const [, failed, , resumed] = await told(
      `fail-postcheck ${UPGRADE} bad planet is not healthy`,
      `execute ${UPGRADE}`,
      'execute /checks',
      'resume',
    );
    expect(failed?.nodes).toMatchObject({ 'master-1': {}, etcd: { [UPGRADE]: 'in_progress' } });
    expect(resumed?.user_message).toContain(`phase "${UPGRADE}" is in progress, use --force flag`);
    expect(resumed).toMatchObject({ exit_code: 255, operation_state: 'failed' });
  });
});

describe('what kills what', () => {
  test('the coordinator takes the remote part with it, and nobody on the lead knows', async () => {
    const [, killed, again, forced] = await told(
      `kill ${UPGRADE}`,
      `execute ${UPGRADE}`,
      `execute ${UPGRADE}`,
      `execute ${UPGRADE} --force`,
    );
    expect(killed).toMatchObject({ exit_code: -9, user_message: null });
    expect(killed?.nodes).toMatchObject({ 'master-1': {}, etcd: { [UPGRADE]: 'in_progress' } });
    expect(again?.user_message).toContain('is in progress, use --force flag to force execution');
    expect(again).toMatchObject({ stdout: '', nodes: { 'master-1': { [UPGRADE]: 'in_progress' } } });
    expect(forced).toMatchObject({ exit_code: 0, nodes: { 'master-1': { [UPGRADE]: 'completed' } } });
  });

  test('a local part dies with its command and is in progress at once', async () => {
    const drain = '/masters/master-3/drain';
    const [, killed] = await told(`kill ${drain}`, `execute ${drain} --force`);
    expect(killed).toMatchObject({ exit_code: -9, nodes: { 'master-1': { [drain]: 'in_progress' } } });
  });

  test('a killed resume leaves the operation in progress', async () => {
    const [, killed] = await told(`kill ${UPGRADE}`, 'resume');
    expect(killed).toMatchObject({ exit_code: -9, operation_state: 'update_in_progress' });
  });

  test('of an agent alone the part is left an orphan, which completes unseen', async () => {
    const [, lost, next, again] = await told(
      'agent-kill master-2',
      `execute ${UPGRADE}`,
      `execute ${M2}/elect`,
      'execute /checks',
    );
    expect(lost?.user_message).toContain('rpc error: code = Unavailable desc = transport is closing');
    expect(lost?.nodes).toMatchObject({ 'master-1': {}, etcd: { [UPGRADE]: 'completed' } });
    expect(next?.user_message).toContain('no agent is running on node master-2/192.168.1.12');
    expect(next?.nodes).toMatchObject({ 'master-1': { [UPGRADE]: 'completed' } });
    expect(again?.nodes).toEqual(nothing);
  });
});

describe('etcd down', () => {
  test('a remote part completes and the lead knows; nothing moves when etcd is back', async () => {
    const [, done, back, fetched] = await told(
      'etcd down',
      `execute ${UPGRADE} --force`,
      'etcd up',
      'execute /none',
    );
    expect(done?.nodes).toEqual({
      ...nothing,
      'master-1': { [UPGRADE]: 'completed' },
      'master-2': { [UPGRADE]: 'completed' },
    });
    expect(back?.nodes).toEqual(nothing);
    expect(fetched?.nodes).toEqual({ ...nothing, etcd: { [UPGRADE]: 'completed' } });
  });

  test('a node judges by its own copy: what ran on the lead meanwhile is not there', async () => {
    const drain = '/masters/master-3/drain';
    const [, , refused] = await told(
      'etcd down',
      `execute ${drain} --force`,
      'execute /masters/master-3/system-upgrade',
    );
    expect(refused?.user_message).toContain('required phase "/masters/master-2" is not completed');
  });

  test('a remote failure reaches the lead only by a command there and then one here', async () => {
    const [, , , , here, , there, , again] = await told(
      'etcd down',
      `fail-execute ${UPGRADE} bad no room`,
      `execute ${UPGRADE} --force`,
      'etcd up',
      'execute /none',
      'on-node master-2',
      'execute /none',
      'on-node master-1',
      'execute /none',
    );
    expect(here?.nodes).toEqual(nothing);
    expect(there?.nodes?.etcd).toEqual({ [UPGRADE]: 'failed' });
    expect(again?.nodes?.['master-1']).toEqual({ [UPGRADE]: 'failed' });
  });
});

describe('commands given elsewhere', () => {
  test('the leaves of the lead run on the lead, under its agent', async () => {
    const drain = '/masters/master-3/drain';
    const [, done, , refused] = await told(
      'on-node worker-1',
      `execute ${drain} --force`,
      'agent-down master-1',
      `rollback ${drain}`,
    );
    expect(done?.stdout).toContain(`Executing "${drain}" on remote node master-1`);
    expect(done?.nodes).toMatchObject({
      'master-1': { [drain]: 'completed' },
      'worker-1': { [drain]: 'completed' },
    });
    expect(refused?.user_message).toContain('Node master-1 does not appear to have an upgrade agent running');
  });

  test('a resume is refused and marks the operation failed all the same', async () => {
    const [, refused] = await told('on-node master-2', 'resume');
    expect(refused).toMatchObject({
      exit_code: 255,
      user_message: 'Plan must be resumed on node master-1/192.168.1.11',
      operation_state: 'failed',
      cluster_state: 'updating',
    });
  });

  test('completing by hand is for every node, and work goes on after it', async () => {
    const [, completed, , again] = await told(
      'on-node worker-2',
      'complete',
      'on-node master-1',
      `execute ${UPGRADE}`,
    );
    expect(completed).toMatchObject({ exit_code: 0, operation_state: 'failed', cluster_state: 'active' });
    expect(completed?.nodes?.['worker-2']).toEqual({ [`${M2}/drain`]: 'completed' });
    expect(again).toMatchObject({ exit_code: 0, operation_state: 'failed' });
  });

  test('an operation completed by the lead is closed there and open on the others', async () => {
    const [done, here, , there, refused] = await told(
      'resume',
      'execute /checks',
      'on-node master-2',
      'execute /gc/worker-2',
      'resume',
    );
    expect(done).toMatchObject({ exit_code: 0, operation_state: 'completed' });
    expect(here).toMatchObject({ exit_code: 255, user_message: 'no active operation found' });
    expect(there).toMatchObject({ exit_code: 0, stdout: '' });
    expect(there?.nodes?.['master-2']).toMatchObject({ '/gc/worker-2': 'completed' });
    expect(refused).toMatchObject({ exit_code: 255, operation_state: 'completed' });
  });
});

test('a plan of one node has one copy and no word of others', async () => {
  const [answer] = await runScript(recordedPlan('plans/fresh-1m.json'), 'execute /init');
  expect(answer).not.toHaveProperty('nodes');
});

/** Whatever was done, on whatever node and with whatever missing: in the end all can agree. */
test.each([1, 2, 3, 4, 5, 6])('copies agree once every node has fetched, seed %i', async (seed) => {
  const plan = recordedPlan('nodes/04-remote-fails/plan.json');
  const hosts = plan.servers.map(({ hostname }) => hostname);
  const ids = phaseTree(plan).leaves.map(({ id }) => id);
  const next = numbers(seed);
  const one = (words: readonly string[]): string => words[Math.floor(next() * words.length)] ?? '';
  const makers: readonly (() => string)[] = [
    () => `on-node ${one(hosts)}`,
    () => `execute ${one(ids)} --force`,
    () => `execute ${one(ids)}`,
    () => `rollback ${one(ids)} --force`,
    () => `fail-execute ${one(ids)} bad it did not work`,
    () => `fail-rollback ${one(ids)} bad it did not go back`,
    () => `kill ${one(ids)}`,
    () => `agent-kill ${one(hosts)}`,
    () => `agent-up ${one(hosts)}`,
    () => `etcd ${one(['down', 'up', 'up'])}`,
    () => `set ${one(ids)} completed`,
    () => 'resume',
  ];
  const random = Array.from({ length: 60 }, () => makers[Math.floor(next() * makers.length)]?.() ?? '');
  const fetching = [...hosts, ...hosts].flatMap((host) => [`on-node ${host}`, 'execute /none']);
  const answers = await runScript(plan, [...random, 'etcd up', ...fetching].join('\n'));
  const copies = new Map<string, Record<string, string>>();
  for (const { nodes = {} } of answers)
    for (const [copy, states] of Object.entries(nodes)) copies.set(copy, { ...copies.get(copy), ...states });
  const begun = Object.fromEntries(phaseTree(plan).leaves.map(({ id, state }) => [id, state]));
  const all = [...copies.values()].map((states) => ({ ...begun, ...states }));
  expect(all).toHaveLength(hosts.length + 1);
  for (const states of all) expect(states).toEqual(all[0]);
});
