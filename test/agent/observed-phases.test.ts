import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Agent } from '../../src/agent/agent.ts';
import type { Client } from '../../src/console/client.ts';
import { unreconciled } from '../../src/model/reconciled.ts';
import { shownStates } from '../../src/model/shown-states.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { agentRig, awaitEnd, awaitState, type Rig, removeRig } from '../driver/agent-rig.ts';
import { awaitCluster, goes, leadGravity, planStates, starts } from '../driver/lead-gravity.ts';

/**
 * What a lead with real nodes knows of a phase on another node: its `gravity plan` never moves while that phase runs, nor
 * when it fails (recordings/nodes 01, 02, 04, 07). The rig's gravity prints what the recorded one printed.
 */
const upgrade = '/masters/master-2/system-upgrade';
const elect = '/masters/master-2/elect';
const taint = '/masters/master-2/taint';
const processes = systemProcesses(systemClock());

let rig: Rig;
let client: Client;
let agent: Agent | null = null;

beforeEach(() => {
  rig = agentRig();
  client = rig.client();
  planStates(rig, { '/masters/master-2/drain': 'completed' });
});
afterEach(async () => {
  await agent?.stop();
  agent = null;
  removeRig(rig);
});

const shown = (cluster: Cluster, phase: string) => shownStates(cluster, Date.now()).get(phase);
const stateOf = (cluster: Cluster, phase: string) =>
  cluster.plan?.phases.find(({ id }) => id === phase)?.state;
const step = () => starts(client, 'phase.execute', { phase: upgrade });
const isObserved = (phase: string) => (cluster: Cluster) => cluster.observed[phase] !== undefined;

describe('a step of a phase on another node', () => {
  test('is seen to run there while the plan says unstarted, and its time is learned', async () => {
    leadGravity(rig, `begin ${upgrade} master-2; done_ ${upgrade} completed`);
    agent = await rig.start();
    const run = await step();
    const cluster = await awaitCluster(client, isObserved(upgrade));
    expect(cluster.observed[upgrade]).toMatchObject({
      state: 'in_progress',
      from: 'run',
      run,
      node: 'master-2',
    });
    expect(stateOf(cluster, upgrade)).toBe('unstarted');
    expect(shown(cluster, upgrade)).toBe('running');
    expect(shown(cluster, '/masters/master-2')).toBe('running');
    const began = cluster.observed[upgrade]?.since;
    goes(rig, upgrade);
    const after = await awaitCluster(client, (each) => stateOf(each, upgrade) === 'completed');
    expect(after.observed[upgrade]).toBeUndefined();
    const updated = after.plan?.phases.find(({ id }) => id === upgrade)?.updated;
    expect(after.passages[upgrade]).toMatchObject({ attempts: 1, began, ended: updated, by: run });
  });

  test('that fails there is failed with the sentence of gravity, though the plan says unstarted', async () => {
    leadGravity(rig, `begin ${upgrade} master-2; fails ${upgrade} 'disk is full'`);
    agent = await rig.start();
    const run = await step();
    goes(rig, upgrade);
    await awaitEnd(client, run);
    const cluster = await awaitCluster(client, (each) => each.observed[upgrade]?.state === 'failed');
    expect(cluster.observed[upgrade]).toMatchObject({ run, node: 'master-2' });
    expect(cluster.observed[upgrade]?.error).toContain('disk is full');
    expect(stateOf(cluster, upgrade)).toBe('unstarted');
    expect(shown(cluster, upgrade)).toBe('failed');
  });

  test('that gravity refuses to begin leaves nothing behind', async () => {
    const words =
      'no agent is running on node master-2/192.168.1.12, please execute phase locally on that node';
    leadGravity(rig, `waits ${upgrade}; says '${words}'`);
    agent = await rig.start();
    const run = await step();
    await awaitCluster(client, isObserved(upgrade));
    goes(rig, upgrade);
    await awaitEnd(client, run);
    const cluster = await awaitCluster(client, (each) => each.observed[upgrade] === undefined);
    expect(shown(cluster, upgrade)).toBe('unstarted');
  });

  test('whose gravity is killed is left in progress there, with no known runner', async () => {
    leadGravity(rig, `begin ${upgrade} master-2`);
    agent = await rig.start();
    const run = await step();
    await awaitState(client, ({ runs }) => runs.some(({ id, outputBytes }) => id === run && outputBytes > 0));
    processes.signal(Number(readFileSync(join(rig.dir, 'gravity.pid'), 'utf8')), 'SIGKILL');
    await awaitEnd(client, run);
    const cluster = await awaitCluster(client, (each) => each.observed[upgrade]?.left !== undefined);
    expect(cluster.observed[upgrade]).toMatchObject({
      state: 'in_progress',
      left: 'killed',
      node: 'master-2',
    });
    expect(shown(cluster, upgrade)).toBe('unseen');
  });

  test('whose update agent breaks off may go on there', async () => {
    leadGravity(
      rig,
      `begin ${upgrade} master-2; says 'failed to execute command [plan execute --phase ${upgrade}]: rpc error: code = Unavailable desc = transport is closing'`,
    );
    agent = await rig.start();
    await step();
    goes(rig, upgrade);
    const cluster = await awaitCluster(client, (each) => each.observed[upgrade]?.left !== undefined);
    expect(cluster.observed[upgrade]?.left).toBe('orphan');
  });

  test('is still seen to run by an agent that was started meanwhile, since the same instant', async () => {
    leadGravity(rig, `begin ${upgrade} master-2; done_ ${upgrade} completed`);
    agent = await rig.start();
    const run = await step();
    const before = await awaitCluster(client, (each) => each.runs.some(({ outputBytes }) => outputBytes > 0));
    await agent.stop();
    agent = await rig.start();
    const cluster = await awaitCluster(client, isObserved(upgrade));
    expect(cluster.observed[upgrade]).toEqual(before.observed[upgrade]);
    goes(rig, upgrade);
    await awaitEnd(client, run);
    const after = await awaitCluster(client, (each) => each.observed[upgrade] === undefined);
    expect(after.passages[upgrade]).toMatchObject({ attempts: 1 });
  });
});

describe('a run that ended badly on another node', () => {
  const failing = `begin ${upgrade} master-2; fails ${upgrade} 'disk is full'`;
  const reconciliation = ({ runs }: Cluster) => runs.find(({ action }) => action === 'operation.reconcile');
  const isReconciled = (cluster: Cluster) =>
    cluster.reconciled !== null && cluster.reconciled.run === reconciliation(cluster)?.id;
  const commands = () => rig.commands().filter((line) => line.includes('no-such-phase'));

  test('is followed by a reconciliation of the agent’s own, and the plan then tells', async () => {
    leadGravity(rig, failing, `done_ ${upgrade} failed`);
    agent = await rig.start();
    await step();
    goes(rig, upgrade);
    const cluster = await awaitCluster(client, isReconciled);
    expect(reconciliation(cluster)).toMatchObject({ state: 'done', exitCode: 255, sentence: null });
    expect(reconciliation(cluster)?.by.user).toBe('the agent itself');
    expect(stateOf(cluster, upgrade)).toBe('failed');
    expect(cluster.observed).toEqual({});
    expect(cluster.passages[upgrade]).toMatchObject({ attempts: 1 });
    expect(unreconciled(cluster)).toBeNull();
  });

  test('in its pre-check, which is written nowhere, has run nothing', async () => {
    leadGravity(rig, failing);
    agent = await rig.start();
    await step();
    goes(rig, upgrade);
    const cluster = await awaitCluster(client, isReconciled);
    expect(cluster.observed).toEqual({});
    expect(stateOf(cluster, upgrade)).toBe('unstarted');
  });

  test('is what asks for one: a run that ended well there does not', async () => {
    leadGravity(rig, `begin ${upgrade} master-2; done_ ${upgrade} completed`);
    agent = await rig.start();
    const run = await step();
    goes(rig, upgrade);
    await awaitEnd(client, run);
    const cluster = await awaitCluster(client, (each) => each.reconciled?.run === run);
    expect(commands()).toEqual([]);
    expect(unreconciled(cluster)).toBeNull();
  });
});

describe('a group', () => {
  test('is followed from one phase to the next by what gravity prints', async () => {
    leadGravity(
      rig,
      `begin ${upgrade} master-2; done_ ${upgrade} completed; begin ${elect} master-2; done_ ${elect} completed; begin ${taint} -; done_ ${taint} completed`,
    );
    agent = await rig.start();
    const run = await starts(client, 'phase.execute', { phase: '/masters/master-2' });
    await awaitCluster(client, isObserved(upgrade));
    goes(rig, upgrade);
    const second = await awaitCluster(
      client,
      (each) => isObserved(elect)(each) && !isObserved(upgrade)(each),
    );
    expect(second.observed[elect]).toMatchObject({ state: 'in_progress', run, node: 'master-2' });
    expect(stateOf(second, upgrade)).toBe('completed');
    goes(rig, elect);
    const third = await awaitCluster(client, isObserved(taint));
    expect(third.observed[taint]).toMatchObject({ node: null });
    goes(rig, taint);
    await awaitEnd(client, run);
    const after = await awaitCluster(client, (each) => Object.keys(each.observed).length === 0);
    for (const phase of [upgrade, elect, taint])
      expect(after.passages[phase]).toMatchObject({ attempts: 1, by: run });
  });
});

describe('a phase on this machine', () => {
  test('that gravity leaves in progress at its own end is nobody’s at once', async () => {
    planStates(rig, {
      [upgrade]: 'completed',
      [elect]: 'completed',
      '/masters/master-2/health': 'completed',
    });
    leadGravity(rig, `begin ${taint} -; says 'taint is missing'`);
    agent = await rig.start();
    const run = await starts(client, 'phase.execute', { phase: taint });
    const during = await awaitCluster(client, (each) => stateOf(each, taint) === 'in_progress');
    expect(shown(during, taint)).toBe('running');
    goes(rig, taint);
    await awaitEnd(client, run);
    const cluster = await awaitCluster(client, (each) => each.observed[taint] === undefined);
    expect(stateOf(cluster, taint)).toBe('in_progress');
    expect(shown(cluster, taint)).toBe('unseen');
  });
});
