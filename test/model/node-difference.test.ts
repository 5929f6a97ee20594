import { describe, expect, test } from 'vitest';
import { readStatusBody } from '../../src/adapters/satellite/status-body.ts';
import { baselineDue } from '../../src/model/baseline.ts';
import { fold } from '../../src/model/fold.ts';
import { differenceWords, nodeDifferences } from '../../src/model/node-difference.ts';
import { probeVersions } from '../../src/model/probe-version.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Health } from '../../src/protocol/health.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { newRun } from '../../src/simulator/engine/run.ts';
import { executeCommand, rollbackCommand } from '../../src/simulator/engine/single-phase.ts';
import { nodeProbes } from '../../src/simulator/health/node-probes.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { newLife } from '../../src/simulator/life.ts';
import { readPlanDocument } from '../../src/simulator/plan-document.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { clusterWith, now, recordedPlan } from '../actions/a-cluster.ts';
import { recordingText } from '../recordings.ts';

const plan = recordedPlan('plans/fresh-3m2w.json');
const at = new Date(now).toISOString();

function recorded(name: string): Health {
  const body = new TextEncoder().encode(recordingText(`satellite/${name}.body.json`));
  const reading = readStatusBody({ ok: true, status: 200, headers: {}, body, durationMs: 1 });
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

/** All sources read just now. */
function known(health: Health, said: Partial<Cluster> = {}): Cluster {
  const cluster = clusterWith(plan, said);
  const good = { state: 'good' as const, at, lastGood: at };
  const { sources } = cluster;
  return {
    ...cluster,
    health,
    sources: {
      ...sources,
      plan: { ...sources.plan, ...good },
      status: { ...sources.status, ...good },
      health: { ...sources.health, ...good },
    },
  };
}

function withBaseline(then: Health, later: Health): Cluster {
  const baseline = baselineDue(known(then), at);
  if (baseline === null) throw new Error('no baseline is due');
  return { ...fold(known(then), { kind: 'baseline.taken', seen: at, baseline }), health: later };
}

const told = (cluster: Cluster) =>
  Object.fromEntries(
    (nodeDifferences(cluster) ?? []).map((difference) => [difference.node, differenceWords(difference)]),
  );

describe('the baseline of an operation', () => {
  const healthy = recorded('healthy-3nodes');

  test('is due once plan, status and health are read, and once only', () => {
    const cluster = known(healthy);
    const baseline = baselineDue(cluster, at);
    expect(baseline).toMatchObject({ operation: plan.operation.id, at, begun: false });
    expect(baselineDue({ ...cluster, baseline }, at)).toBeNull();
  });

  test.each(['plan', 'status', 'health'] as const)('is not due before %s is read', (name) => {
    const cluster = known(healthy);
    const source = { ...cluster.sources[name], state: 'never' as const };
    expect(baselineDue({ ...cluster, sources: { ...cluster.sources, [name]: source } }, at)).toBeNull();
  });

  test('is not taken of old health', () => {
    expect(baselineDue(known(healthy), new Date(now + 600_000).toISOString())).toBeNull();
  });

  test('tells that leaves had run already', () => {
    const began = fold(known(healthy), {
      kind: 'phase.changed',
      seen: at,
      operation: plan.operation.id,
      phase: '/init/master-1',
      from: 'unstarted',
      to: 'in_progress',
      at,
      error: null,
    });
    expect(baselineDue(began, at)?.begun).toBe(true);
  });

  test('reads versions where the programs print them, and none where they print nothing', () => {
    const [node] = healthy.nodes;
    expect(node && probeVersions(node)).toEqual({
      'system-version': '6.18.44-fc-v657',
      'systemd-version': '252',
      'etcd-version': '3.4.23',
      'dbus-version': '1.14.10',
      'serf-version': '0.8.2-dev',
    });
  });
});

describe('what became different since the baseline', () => {
  test('is nothing where all is as it was', () => {
    const difference = told(withBaseline(recorded('healthy-3nodes'), recorded('healthy-3nodes-from-node3')));
    const names = ['127_0_7_1.lab', '127_0_7_2.lab', '127_0_7_3.lab'];
    for (const name of names) expect(difference[name]).toEqual([]);
  });

  test('names what fails on a node now, and what failed on it then', () => {
    const failing = recorded('docker-down-node2-asked-on-node1');
    const healthy = recorded('healthy-3nodes');
    expect(told(withBaseline(healthy, failing))['127_0_7_2.lab']).toEqual([
      'healthy → degraded',
      'docker fails, it did not before',
    ]);
    expect(told(withBaseline(failing, healthy))['127_0_7_2.lab']).toEqual([
      'degraded → healthy',
      'docker failed before, it does not now',
    ]);
  });

  test('is unknown of a node that does not answer, and of one only the plan names', () => {
    const difference = told(
      withBaseline(recorded('healthy-3nodes'), recorded('node3-crashed-member-failed')),
    );
    const unknown = 'probes and versions cannot be compared: the node did not answer both times';
    expect(difference['127_0_7_3.lab']).toEqual(['healthy → offline', unknown]);
    expect(difference['worker-1']).toEqual([unknown]);
  });

  test('is not known without a baseline', () => {
    expect(nodeDifferences(known(recorded('healthy-3nodes')))).toBeNull();
  });
});

describe('over a simulated upgrade', () => {
  test('a node shows its new versions, and the old ones again after a rollback', async () => {
    const read = readPlanDocument(recordingText('plans/fresh-3m2w.json'));
    if ('refused' in read) throw new Error(read.refused);
    const cluster = createCluster(createWorld({ plan: read.plan, clock: instantClock(now) }));
    const run = newRun(cluster.world, 'master-1', newLife(), () => {});
    const health = (): Health => ({
      state: 'running',
      at,
      servedAt: at,
      summary: null,
      nodes: [...cluster.agents.values()].map((agent) => ({
        name: agent.node.server.hostname,
        ip: agent.node.server.advertise_ip,
        role: agent.node.role,
        member: 'alive',
        state: 'healthy',
        probes: nodeProbes(cluster, agent).map(({ checker, status, detail = '' }) => ({
          checker,
          state: status,
          severity: null,
          text: detail,
        })),
      })),
    });
    const before = health();
    const upgrade = { id: '/masters/master-2/system-upgrade', force: true };
    expect(await executeCommand(run, upgrade)).toBeNull();
    expect(told(withBaseline(before, health()))).toMatchObject({
      'master-1': [],
      'master-2': ['coredns-version: 1.6.7 → 1.7.0', 'kubelet-version: 1.16.15 → 1.17.9'],
      'worker-1': [],
    });
    expect(await executeCommand(run, { id: '/etcd/upgrade/master-2', force: true })).toBeNull();
    expect(told(withBaseline(before, health()))['master-2']).toContain('etcd-version: 3.3.22 → 3.4.9');
    expect(await rollbackCommand(run, { id: '/etcd/upgrade/master-2', force: true })).toBeNull();
    expect(await rollbackCommand(run, upgrade)).toBeNull();
    expect(told(withBaseline(before, health()))['master-2']).toEqual([]);
  });
});
