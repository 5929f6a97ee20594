import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster, ClusterNode, HealthView, NodeHealth } from '../../src/simulator/cluster/cluster.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { machine } from '../../src/simulator/cluster/machine.ts';
import { agentLife } from '../../src/simulator/health/agent-life.ts';
import { failedProbe } from '../../src/simulator/health/failed-probe.ts';
import { healthAnswer } from '../../src/simulator/health/health-answers.ts';
import { healthClock } from '../../src/simulator/health/health-clock.ts';
import { healthRounds } from '../../src/simulator/health/health-rounds.ts';
import { updatePlan } from '../../src/simulator/plan/update-plan.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { type HandClock, handClock } from '../driver/hand-clock.ts';

const SECOND = 1000;

let time: HandClock;
let cluster: Cluster;
let speed: number;
beforeEach(async () => {
  time = handClock();
  speed = 1;
  cluster = createCluster(
    createWorld({ plan: plan(), clock: { ...time, sleep: time.wait, watch: time.wait } }),
  );
  healthRounds(
    cluster,
    healthClock(time, () => speed),
  );
  // Every agent has had its first turn.
  await time.advance(31 * SECOND);
});

describe('a round', () => {
  test('comes every 30 seconds: in between the same body is served', async () => {
    const stamps = new Set<number>();
    for (let passed = 0; passed < 300; passed += 1) {
      stamps.add(seenBy('master-1').at);
      await time.advance(SECOND);
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
      speed = pace;
      await time.advance(31 * SECOND);
      const before = seenBy('master-1').at;
      await time.until(() => seenBy('master-1').at !== before);
      const first = seenBy('master-1').at;
      await time.until(() => seenBy('master-1').at !== first);
      expect(Math.abs(seenBy('master-1').at - first - ms)).toBeLessThan(100);
    }
  });

  test('shows a failure on the own node within 30 seconds, on another within 60', async () => {
    fail('worker-1', 'docker');
    await time.advance(30 * SECOND);
    expect(cluster.agents.get('worker-1')?.local?.status).toBe('degraded');
    expect(seenBy('worker-1').status).toBe('degraded');
    await time.advance(30 * SECOND);
    for (const name of cluster.nodes.keys()) expect(seenBy(name).status).toBe('degraded');
  });

  test('lets two nodes see different things in between', async () => {
    fail('worker-1', 'docker');
    const differ = () => new Set([...cluster.nodes.keys()].map((name) => seenBy(name).status)).size === 2;
    await time.until(differ, 60 * SECOND);
    expect(differ()).toBe(true);
  });

  test('shuffles nodes and probes', async () => {
    const orders = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const { nodes } = seenBy('master-1');
      orders.add(nodes.flatMap(({ name, answer }) => [name, ...checkers(answer)]).join());
      await time.advance(30 * SECOND);
    }
    expect(orders.size).toBeGreaterThan(3);
  });
});

describe('a node that does not answer', () => {
  test('is listed without status and probes 25 seconds after a round began; meanwhile the old body is served', async () => {
    agentLife.lost(cluster, node('worker-1'));
    const before = seenBy('master-1').at;
    await time.until(() => seenBy('master-1').at !== before, 60 * SECOND);
    expect(time.now() - seenBy('master-1').at).toBeGreaterThan(24 * SECOND);
    expect(entry('master-1', 'worker-1')).toMatchObject({ member: 'alive', answer: null });
    // recordings/satellite/node3-agent-killed-serf-alive: no status at all, and 503.
    expect(seenBy('master-1')).toMatchObject({ status: null, summary: null });
    expect(ask('/').status).toBe(503);
    expect(ask('/').body).not.toHaveProperty('status');
  });

  test('is failed when serf gave its machine up, and that degrades', async () => {
    machine.stop(cluster, node('worker-1'));
    await time.advance(100 * SECOND);
    expect(entry('master-1', 'worker-1')).toMatchObject({ member: 'failed', answer: null });
    expect(seenBy('master-1').status).toBe('degraded');
  });

  test('is not mentioned any more when it left, and the cluster runs', async () => {
    agentLife.left(cluster, node('worker-1'));
    await time.advance(31 * SECOND);
    expect(entry('master-1', 'worker-1')).toBeUndefined();
    expect(seenBy('master-1').status).toBe('running');
  });

  test('leaves a worker that knows no master degraded, and says so', async () => {
    for (const name of ['master-1', 'master-2', 'master-3']) agentLife.left(cluster, node(name));
    await time.advance(31 * SECOND);
    expect(seenBy('worker-1')).toMatchObject({ status: 'degraded', summary: 'master node unavailable' });
  });

  test('that froze goes on where it was when it thaws', async () => {
    agentLife.frozen(cluster, node('worker-1'));
    await time.advance(60 * SECOND);
    expect(entry('master-1', 'worker-1')).toMatchObject({ member: 'alive', answer: null });
    agentLife.mended(cluster, node('worker-1'));
    await time.advance(60 * SECOND);
    expect(seenBy('master-1').status).toBe('running');
  });
});

describe('an agent that has just started', () => {
  beforeEach(() => agentLife.started(cluster, node('master-1')));

  test('serves an empty body, and of itself its name alone, for 30 seconds', async () => {
    await time.advance(29 * SECOND);
    expect(ask('/')).toMatchObject({ status: 503, body: {} });
    const name = '192_168_1_11.test';
    expect(ask('/local')).toEqual({ status: 503, body: { name, member_status: { name } } });
    expect(ask('/history').status).toBe(200);
    await time.advance(2 * SECOND);
    expect(ask('/')).toMatchObject({ status: 200, body: { status: 'running' } });
  });

  test('is listed by the others with its name alone until it has looked', async () => {
    await time.advance(29 * SECOND);
    expect(entry('master-2', 'master-1')).toMatchObject({ member: 'unknown', answer: null });
    expect(seenBy('master-2').status).toBeNull();
  });

  test('writes one event of its node and none of its probes', async () => {
    const before = cluster.history.length;
    fail('master-1', 'docker');
    await time.advance(31 * SECOND);
    const fresh = cluster.history.slice(before).filter(({ data }) => data['node'] === '192_168_1_11.test');
    expect(fresh.map(({ kind }) => kind)).toEqual(['NodeDegraded']);
  });
});

describe('a node whose serf died', () => {
  beforeEach(async () => {
    agentLife.serfDied(cluster, node('master-1'));
    fail('master-1', 'docker');
    await time.advance(300 * SECOND);
  });

  test('serves its old body with its old stamp and its old code for ever', () => {
    expect(time.now() - seenBy('master-1').at).toBeGreaterThan(270 * SECOND);
    expect(ask('/').status).toBe(200);
  });

  test('is shown by the others as it last was, under a fresh stamp', () => {
    expect(time.now() - seenBy('master-2').at).toBeLessThan(31 * SECOND);
    expect(seenBy('master-2').status).toBe('running');
    expect(entry('master-2', 'master-1')).toMatchObject({ member: 'alive', answer: { status: 'running' } });
  });
});

describe('severity', () => {
  test('none set counts as critical, a warning degrades nothing', async () => {
    fail('worker-1', 'disk-space', 'warning');
    await time.advance(60 * SECOND);
    expect(seenBy('master-1').status).toBe('running');
    fail('worker-1', 'disk-space');
    await time.advance(60 * SECOND);
    expect(seenBy('master-1').status).toBe('degraded');
    // recordings/satellite/history-final-node1.txt: the same probe does not fail twice.
    const kinds = cluster.history
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
      node('worker-1').probes.set(checker, failedProbe(checker));
      await time.advance(60 * SECOND);
      const { status, probes } = entry('master-1', 'worker-1')?.answer ?? { status: null, probes: [] };
      expect(status).toBe(degrades ? 'degraded' : 'running');
      expect(probes.find((probe) => probe.checker === checker)?.severity).toBe(severity);
    },
  );
});

describe('the timeline', () => {
  test('comes to hold the same on every master, by the stamps of those who wrote', async () => {
    fail('worker-1', 'docker');
    fail('master-2', 'dns');
    await time.advance(60 * SECOND);
    const [first, second, third] = ['master-1', 'master-2', 'master-3'].map(
      (name) => cluster.agents.get(name)?.timeline,
    );
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(first?.map(({ at }) => at)).toEqual(first?.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('of a master that was away is filled when it is back', async () => {
    machine.stop(cluster, node('master-3'));
    fail('worker-1', 'docker');
    await time.advance(90 * SECOND);
    const told = () => cluster.agents.get('master-3')?.timeline.some(({ kind }) => kind === 'ProbeFailed');
    expect(told()).toBe(false);
    machine.start(cluster, node('master-3'));
    await time.advance(60 * SECOND);
    expect(told()).toBe(true);
  });

  test('says nothing of a node that died, and that it is healthy when it is back', async () => {
    const before = cluster.history.length;
    machine.stop(cluster, node('worker-2'));
    await time.advance(90 * SECOND);
    expect(cluster.history.slice(before)).toEqual([]);
    machine.start(cluster, node('worker-2'));
    await time.advance(60 * SECOND);
    expect(cluster.history.slice(before).map(({ kind }) => kind)).toEqual(['NodeHealthy']);
  });

  test('keeps seven days', async () => {
    fail('worker-1', 'docker');
    await time.advance(60 * SECOND);
    expect(cluster.history[0]?.kind).toBe('LeaderElected');
    cluster.world.clockOffsets.set('worker-1', 8 * 24 * 3600 * SECOND);
    node('worker-1').probes.clear();
    await time.advance(60 * SECOND);
    expect(cluster.history.map(({ kind }) => kind)).toEqual(['ProbeSucceeded', 'NodeHealthy']);
  });

  test('tells of a new leader when the old one is gone', async () => {
    machine.stop(cluster, node('master-1'));
    cluster.host = 'master-2';
    await time.advance(60 * SECOND);
    expect(cluster.history.at(-1)).toMatchObject({
      kind: 'LeaderElected',
      data: { prev: '192.168.1.11', new: '192.168.1.12' },
    });
  });
});

describe('a clock that is off', () => {
  test('degrades the masters, one probe per peer', async () => {
    cluster.world.clockOffsets.set('worker-1', 1200);
    await time.advance(60 * SECOND);
    const drift = entry('master-1', 'master-2')?.answer?.probes.filter(
      ({ checker }) => checker === 'time-drift',
    );
    expect(drift).toEqual([
      {
        checker: 'time-drift',
        detail:
          'time drift between 192.168.1.12 and 192.168.1.101 is higher than the allowed threshold of 300ms: 1.2s',
        status: 'failed',
      },
    ]);
    expect(seenBy('master-1').status).toBe('degraded');
  });
});

describe('while planet is replaced', () => {
  test('the health agent of the node goes with it and comes back piece by piece', async () => {
    const phase = cluster.world.tree.byId.get('/nodes/worker-1/system-upgrade')?.phase;
    if (phase === undefined) throw new Error('no such phase');
    cluster.world.duration = () => 240 * SECOND;
    const tell = (moment: 'began' | 'executed') => {
      for (const watch of cluster.world.watchers) watch(phase, moment);
    };
    tell('began');
    await time.advance(59 * SECOND);
    expect(entry('master-1', 'worker-1')?.answer?.status).toBe('running');
    await time.advance(57 * SECOND);
    expect(entry('master-1', 'worker-1')?.answer).toBeNull();
    await time.advance(96 * SECOND);
    const failed = entry('master-1', 'worker-1')?.answer?.probes.filter(({ status }) => status === 'failed');
    expect(failed?.map(({ checker }) => checker).toSorted()).toEqual(
      ['docker', 'etcd-healthz', 'kubelet', 'node-status', 'systemd'].toSorted(),
    );
    tell('executed');
    await time.advance(61 * SECOND);
    expect(seenBy('master-1').status).toBe('running');
  });
});

function plan() {
  return updatePlan({
    masters: 3,
    workers: 2,
    operationId: '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
    cluster: 'test',
    createdMs: 0,
  });
}

function node(name: string): ClusterNode {
  const found = cluster.nodes.get(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function fail(name: string, checker: string, severity?: 'warning'): void {
  node(name).probes.set(checker, {
    checker,
    status: 'failed',
    error: 'broken',
    ...(severity === undefined ? {} : { severity }),
  });
}

function seenBy(name: string): HealthView {
  const view = cluster.agents.get(name)?.view;
  return view ?? { at: 0, status: null, summary: null, nodes: [] };
}

function entry(by: string, of: string): NodeHealth | undefined {
  return seenBy(by).nodes.find((one) => one.node.server.hostname === of);
}

function checkers(answer: NodeHealth['answer']): string[] {
  return (answer?.probes ?? []).map(({ checker }) => checker);
}

function ask(path: string) {
  const request = { method: 'GET', path, query: {}, headers: {}, body: '', door: 'health' };
  const { status, body } = healthAnswer(cluster, request);
  return { status, body: JSON.parse(String(body)) };
}
