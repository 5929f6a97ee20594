import { beforeEach, describe, expect, test } from 'vitest';
import { machine } from '../../src/simulator/cluster/machine.ts';
import { type LookingCluster, lookingCluster } from './looking-cluster.ts';

const SECOND = 1000;

let it: LookingCluster;
beforeEach(async () => {
  it = await lookingCluster();
});

describe('the timeline', () => {
  test('comes to hold the same on every master, by the stamps of those who wrote', async () => {
    it.fail('worker-1', 'docker');
    it.fail('master-2', 'dns');
    await it.time.advance(60 * SECOND);
    const [first, second, third] = ['master-1', 'master-2', 'master-3'].map(
      (name) => it.cluster.agents.get(name)?.timeline,
    );
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(first?.map(({ at }) => at)).toEqual(first?.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('of a master that was away is filled when it is back', async () => {
    machine.stop(it.cluster, it.node('master-3'));
    it.fail('worker-1', 'docker');
    await it.time.advance(90 * SECOND);
    const told = () => it.cluster.agents.get('master-3')?.timeline.some(({ kind }) => kind === 'ProbeFailed');
    expect(told()).toBe(false);
    machine.start(it.cluster, it.node('master-3'));
    await it.time.advance(60 * SECOND);
    expect(told()).toBe(true);
  });

  test('says nothing of a node that died, and that it is healthy when it is back', async () => {
    const before = it.cluster.history.length;
    machine.stop(it.cluster, it.node('worker-2'));
    await it.time.advance(90 * SECOND);
    expect(it.cluster.history.slice(before)).toEqual([]);
    machine.start(it.cluster, it.node('worker-2'));
    await it.time.advance(60 * SECOND);
    expect(it.cluster.history.slice(before).map(({ kind }) => kind)).toEqual(['NodeHealthy']);
  });

  test('keeps seven days', async () => {
    it.fail('worker-1', 'docker');
    await it.time.advance(60 * SECOND);
    expect(it.cluster.history[0]?.kind).toBe('LeaderElected');
    it.cluster.world.clockOffsets.set('worker-1', 8 * 24 * 3600 * SECOND);
    it.node('worker-1').probes.clear();
    await it.time.advance(60 * SECOND);
    expect(it.cluster.history.map(({ kind }) => kind)).toEqual(['ProbeSucceeded', 'NodeHealthy']);
  });

  test('tells of a new leader when the old one is gone', async () => {
    machine.stop(it.cluster, it.node('master-1'));
    it.cluster.host = 'master-2';
    await it.time.advance(60 * SECOND);
    expect(it.cluster.history.at(-1)).toMatchObject({
      kind: 'LeaderElected',
      data: { prev: '192.168.1.11', new: '192.168.1.12' },
    });
  });
});
