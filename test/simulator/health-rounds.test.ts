import { beforeEach, describe, expect, test } from 'vitest';
import type { NodeHealth } from '../../src/simulator/cluster/cluster.ts';
import { machine } from '../../src/simulator/cluster/machine.ts';
import { agentLife } from '../../src/simulator/health/agent-life.ts';
import { failedProbe } from '../../src/simulator/health/failed-probe.ts';
import { type LookingCluster, lookingCluster } from './looking-cluster.ts';

const SECOND = 1000;

let it: LookingCluster;
beforeEach(async () => {
  it = await lookingCluster();
});

describe('a round', () => {
  test('comes every 30 seconds: in between the same body is served', async () => {
    const stamps = new Set<number>();
    for (let passed = 0; passed < 300; passed += 1) {
      stamps.add(it.seenBy('master-1').at);
      await it.time.advance(SECOND);
    }
    const apart = [...stamps].slice(1).map((stamp, index) => stamp - ([...stamps][index] ?? 0));
    expect(apart.every((ms) => Math.abs(ms - 30 * SECOND) < 100)).toBe(true);
    expect(apart.length).toBeGreaterThan(8);
  });

  test('comes sooner in a fast world, and no later than ours in one that stands still', async () => {
    for (const [pace, ms] of [
      [10, 3_000],
      [0, 30_000],
    ] as const) {
      it.pace(pace);
      await it.time.advance(31 * SECOND);
      const before = it.seenBy('master-1').at;
      await it.time.until(() => it.seenBy('master-1').at !== before);
      const first = it.seenBy('master-1').at;
      await it.time.until(() => it.seenBy('master-1').at !== first);
      expect(Math.abs(it.seenBy('master-1').at - first - ms)).toBeLessThan(100);
    }
  });

  test('shows a failure on the own node within 30 seconds, on another within 60', async () => {
    it.fail('worker-1', 'docker');
    await it.time.advance(30 * SECOND);
    expect(it.cluster.agents.get('worker-1')?.local?.status).toBe('degraded');
    expect(it.seenBy('worker-1').status).toBe('degraded');
    await it.time.advance(30 * SECOND);
    for (const name of it.cluster.nodes.keys()) expect(it.seenBy(name).status).toBe('degraded');
  });

  test('lets two nodes see different things in between', async () => {
    it.fail('worker-1', 'docker');
    const differ = () =>
      new Set([...it.cluster.nodes.keys()].map((name) => it.seenBy(name).status)).size === 2;
    await it.time.until(differ, 60 * SECOND);
    expect(differ()).toBe(true);
  });

  test('shuffles nodes and probes', async () => {
    const orders = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const { nodes } = it.seenBy('master-1');
      orders.add(nodes.flatMap(({ name, answer }) => [name, ...checkers(answer)]).join());
      await it.time.advance(30 * SECOND);
    }
    expect(orders.size).toBeGreaterThan(3);
  });
});

describe('a node that does not answer', () => {
  test('is listed without status and probes 25 seconds after a round began; meanwhile the old body is served', async () => {
    agentLife.lost(it.cluster, it.node('worker-1'));
    const before = it.seenBy('master-1').at;
    await it.time.until(() => it.seenBy('master-1').at !== before, 60 * SECOND);
    expect(it.time.now() - it.seenBy('master-1').at).toBeGreaterThan(24 * SECOND);
    expect(it.entry('master-1', 'worker-1')).toMatchObject({ member: 'alive', answer: null });
    // recordings/satellite/node3-agent-killed-serf-alive: no status at all, and 503.
    expect(it.seenBy('master-1')).toMatchObject({ status: null, summary: null });
    expect(it.ask('/').status).toBe(503);
    expect(it.ask('/').body).not.toHaveProperty('status');
  });

  test('is failed when serf gave its machine up, and that degrades', async () => {
    machine.stop(it.cluster, it.node('worker-1'));
    await it.time.advance(100 * SECOND);
    expect(it.entry('master-1', 'worker-1')).toMatchObject({ member: 'failed', answer: null });
    expect(it.seenBy('master-1').status).toBe('degraded');
  });

  test('is not mentioned any more when it left, and the cluster runs', async () => {
    agentLife.left(it.cluster, it.node('worker-1'));
    await it.time.advance(31 * SECOND);
    expect(it.entry('master-1', 'worker-1')).toBeUndefined();
    expect(it.seenBy('master-1').status).toBe('running');
  });

  test('leaves a worker that knows no master degraded, and says so', async () => {
    for (const name of ['master-1', 'master-2', 'master-3']) agentLife.left(it.cluster, it.node(name));
    await it.time.advance(31 * SECOND);
    expect(it.seenBy('worker-1')).toMatchObject({ status: 'degraded', summary: 'master node unavailable' });
  });

  test('that froze goes on where it was when it thaws', async () => {
    agentLife.frozen(it.cluster, it.node('worker-1'));
    await it.time.advance(60 * SECOND);
    expect(it.entry('master-1', 'worker-1')).toMatchObject({ member: 'alive', answer: null });
    agentLife.mended(it.cluster, it.node('worker-1'));
    await it.time.advance(60 * SECOND);
    expect(it.seenBy('master-1').status).toBe('running');
  });
});

describe('an agent that has just started', () => {
  beforeEach(() => agentLife.started(it.cluster, it.node('master-1')));

  test('serves an empty body, and of itself its name alone, for 30 seconds', async () => {
    await it.time.advance(29 * SECOND);
    expect(it.ask('/')).toMatchObject({ status: 503, body: {} });
    const name = '192_168_1_11.test';
    expect(it.ask('/local')).toEqual({ status: 503, body: { name, member_status: { name } } });
    expect(it.ask('/history').status).toBe(200);
    await it.time.advance(2 * SECOND);
    expect(it.ask('/')).toMatchObject({ status: 200, body: { status: 'running' } });
  });

  test('is listed by the others with its name alone until it has looked', async () => {
    await it.time.advance(29 * SECOND);
    expect(it.entry('master-2', 'master-1')).toMatchObject({ member: 'unknown', answer: null });
    expect(it.seenBy('master-2').status).toBeNull();
  });

  test('writes one event of its node and none of its probes', async () => {
    const before = it.cluster.history.length;
    it.fail('master-1', 'docker');
    await it.time.advance(31 * SECOND);
    const fresh = it.cluster.history.slice(before).filter(({ data }) => data['node'] === '192_168_1_11.test');
    expect(fresh.map(({ kind }) => kind)).toEqual(['NodeDegraded']);
  });
});

describe('a node whose serf died', () => {
  beforeEach(async () => {
    agentLife.serfDied(it.cluster, it.node('master-1'));
    it.fail('master-1', 'docker');
    await it.time.advance(300 * SECOND);
  });

  test('serves its old body with its old stamp and its old code for ever', () => {
    expect(it.time.now() - it.seenBy('master-1').at).toBeGreaterThan(270 * SECOND);
    expect(it.ask('/').status).toBe(200);
  });

  test('is shown by the others as it last was, under a fresh stamp', () => {
    expect(it.time.now() - it.seenBy('master-2').at).toBeLessThan(31 * SECOND);
    expect(it.seenBy('master-2').status).toBe('running');
    expect(it.entry('master-2', 'master-1')).toMatchObject({
      member: 'alive',
      answer: { status: 'running' },
    });
  });
});

describe('severity', () => {
  test('none set counts as critical, a warning degrades nothing', async () => {
    it.fail('worker-1', 'disk-space', 'warning');
    await it.time.advance(60 * SECOND);
    expect(it.seenBy('master-1').status).toBe('running');
    it.fail('worker-1', 'disk-space');
    await it.time.advance(60 * SECOND);
    expect(it.seenBy('master-1').status).toBe('degraded');
    // recordings/satellite/history-final-node1.txt: the same probe does not fail twice.
    const kinds = it.cluster.history
      .filter(({ data }) => data['node'] === '192_168_1_101.test')
      .map(({ kind }) => kind);
    expect(kinds).toEqual(['NodeHealthy', 'ProbeFailed', 'NodeDegraded']);
  });
});

describe('a checker that fails', () => {
  const rows = [
    { checker: 'docker', severity: undefined, degrades: true },
    { checker: 'node-status', severity: 'critical', degrades: true },
    { checker: 'nethealth-checker', severity: 'warning', degrades: false },
    { checker: 'path-uid', severity: 'warning', degrades: false },
  ];
  test.each(rows)(
    '$checker says $severity and degrades: $degrades',
    async ({ checker, severity, degrades }) => {
      it.node('worker-1').probes.set(checker, failedProbe(checker));
      await it.time.advance(60 * SECOND);
      const { status, probes } = it.entry('master-1', 'worker-1')?.answer ?? { status: null, probes: [] };
      expect(status).toBe(degrades ? 'degraded' : 'running');
      expect(probes.find((probe) => probe.checker === checker)?.severity).toBe(severity);
    },
  );
});

describe('a clock that is off', () => {
  test('degrades the masters, one probe per peer', async () => {
    it.cluster.world.clockOffsets.set('worker-1', 1200);
    await it.time.advance(60 * SECOND);
    const drift = it
      .entry('master-1', 'master-2')
      ?.answer?.probes.filter(({ checker }) => checker === 'time-drift');
    expect(drift).toEqual([
      {
        checker: 'time-drift',
        detail: expect.stringMatching(
          /^time drift between 192\.168\.1\.12 and 192\.168\.1\.101 is higher than the allowed threshold of 300ms: 1\.\d{4,9}s$/,
        ),
        status: 'failed',
      },
    ]);
    expect(it.seenBy('master-1').status).toBe('degraded');
  });
});

describe('while planet is replaced', () => {
  test('the health agent of the node goes with it and comes back piece by piece', async () => {
    const phase = it.cluster.world.tree.byId.get('/nodes/worker-1/system-upgrade')?.phase;
    if (phase === undefined) throw new Error('no such phase');
    it.cluster.world.duration = () => 240 * SECOND;
    const tell = (moment: 'began' | 'executed') => {
      for (const watch of it.cluster.world.watchers) watch(phase, moment);
    };
    tell('began');
    await it.time.advance(59 * SECOND);
    expect(it.entry('master-1', 'worker-1')?.answer?.status).toBe('running');
    await it.time.advance(57 * SECOND);
    expect(it.entry('master-1', 'worker-1')?.answer).toBeNull();
    await it.time.advance(96 * SECOND);
    const failed = it
      .entry('master-1', 'worker-1')
      ?.answer?.probes.filter(({ status }) => status === 'failed');
    expect(failed?.map(({ checker }) => checker).toSorted()).toEqual(
      ['docker', 'etcd-healthz', 'kubelet', 'node-status', 'systemd'].toSorted(),
    );
    tell('executed');
    await it.time.advance(61 * SECOND);
    expect(it.seenBy('master-1').status).toBe('running');
  });
});

function checkers(answer: NodeHealth['answer']): string[] {
  return (answer?.probes ?? []).map(({ checker }) => checker);
}
