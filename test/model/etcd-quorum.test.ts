import { describe, expect, test } from 'vitest';
import { etcdOutlook } from '../../src/model/etcd-quorum.ts';
import { indexPlan, leavesOf } from '../../src/model/phase-tree.ts';
import { etcdIsDown } from '../../src/model/reconciled.ts';
import type { Health, HealthNode } from '../../src/protocol/health.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { clusterWith, recordedPlan } from '../actions/a-cluster.ts';

const three = recordedPlan('plans/fresh-3m2w.json');
const one = recordedPlan('plans/fresh-1m.json');

/** Nobody makes two masters on purpose; a third that left does. */
const two: Plan = { ...three, servers: three.servers.filter(({ hostname }) => hostname !== 'master-3') };

type Said = Readonly<Record<string, Partial<HealthNode>>>;

function healthOf({ servers }: Plan, said: Said = {}): Health {
  const nodes = servers.map(
    ({ hostname, ip, role }): HealthNode => ({
      name: hostname,
      ip,
      role,
      member: 'alive',
      state: 'healthy',
      probes: [],
      ...said[hostname],
    }),
  );
  return { state: 'running', at: null, servedAt: null, summary: null, nodes };
}

function outlook(plan: Plan, ids: readonly string[], way: 'execute' | 'rollback', said: Said = {}) {
  const index = indexPlan(plan);
  const leaves = ids.flatMap((id) => leavesOf(index, id));
  const order = way === 'rollback' ? leaves.toReversed() : leaves;
  const found = etcdOutlook(clusterWith(plan, { health: healthOf(plan, said) }), order, way);
  return found && [found.now, found.during, found.after, found.quorum];
}

const failing: Partial<HealthNode> = {
  probes: [{ checker: 'etcd-healthz', state: 'failed', severity: 'critical', text: '' }],
};
const offline = { state: 'offline' } as const;
const upgradeOf = (node: string) => `/masters/${node}/system-upgrade`;

test('a status without etcd’s answers is outlived by a newer collection of health in which etcd answers', () => {
  const at = (second: number) => `2026-11-22T10:00:${second}Z`;
  const known = (statusAt: number, said: Said = {}) => {
    const cluster = clusterWith(three, { health: healthOf(three, said) });
    const { status, health } = cluster.sources;
    const sources = {
      ...cluster.sources,
      status: { ...status, state: 'doubtful' as const, at: at(statusAt), remarks: ['partial'] },
      health: { ...health, state: 'good' as const, at: at(30), lastGood: at(30) },
    };
    return etcdIsDown({ ...cluster, sources }, Date.parse(at(40)));
  };
  expect(known(35)).toBe(true);
  expect(known(20)).toBe(false);
  expect(known(20, { 'master-1': failing, 'master-2': failing })).toBe(true);
});

type Row = {
  name: string;
  plan?: Plan;
  ids: readonly string[];
  way?: 'execute' | 'rollback';
  said?: Said;
  /** Now, during, after, needed. */
  is: readonly number[];
};

const rows: readonly Row[] = [
  { name: 'a leaf that does not touch etcd changes nothing', ids: ['/checks'], is: [3, 3, 3, 2] },
  { name: 'a master upgraded is away meanwhile', ids: [upgradeOf('master-2')], is: [3, 2, 3, 2] },
  { name: 'masters one after the other are away one at a time', ids: ['/masters'], is: [3, 2, 3, 2] },
  {
    name: 'the same master twice is away no deeper',
    ids: [upgradeOf('master-2'), upgradeOf('master-2')],
    is: [3, 2, 3, 2],
  },
  {
    name: 'beside a master that is offline already the quorum goes',
    ids: [upgradeOf('master-2')],
    said: { 'master-3': offline },
    is: [2, 1, 2, 2],
  },
  {
    name: 'the master whose own etcd fails costs nobody',
    ids: [upgradeOf('master-3')],
    said: { 'master-3': { probes: [...(failing.probes ?? [])] } },
    is: [2, 2, 3, 2],
  },
  {
    name: 'a master that says nothing counts as not answering',
    ids: ['/checks'],
    said: { 'master-3': { state: 'unknown' } },
    is: [2, 2, 2, 2],
  },
  { name: 'a worker is no member', ids: ['/nodes/worker-1'], is: [3, 3, 3, 2] },
  { name: 'the etcd block stops all and starts them again', ids: ['/etcd'], is: [3, 0, 3, 2] },
  { name: 'shutting down alone leaves none', ids: ['/etcd/shutdown'], is: [3, 0, 0, 2] },
  {
    name: 'one stopped of three still leaves a quorum',
    ids: ['/etcd/shutdown/master-1'],
    is: [3, 2, 2, 2],
  },
  {
    name: 'the etcd block rolled back in reverse stops all and starts them again',
    ids: ['/etcd'],
    way: 'rollback',
    is: [3, 0, 3, 2],
  },
  {
    name: 'rolled back from the middle of the block they only come back',
    ids: ['/etcd/shutdown', '/etcd/upgrade'],
    way: 'rollback',
    said: { 'master-1': offline, 'master-2': offline, 'master-3': offline },
    is: [0, 0, 3, 2],
  },
  {
    name: 'a single master has no etcd meanwhile',
    plan: one,
    ids: [upgradeOf('master-1')],
    is: [1, 0, 1, 1],
  },
  {
    name: 'of two masters none may be away',
    plan: two,
    ids: [upgradeOf('master-2')],
    is: [2, 1, 2, 2],
  },
];

describe('how etcd is now, at worst meanwhile, after, and what it needs', () => {
  test.each(rows)('$name', ({ plan = three, ids, way = 'execute', said, is }) => {
    expect(outlook(plan, ids, way, said)).toEqual(is);
  });

  test('is unknown where health was never read, or the masters are', () => {
    expect(etcdOutlook(clusterWith(three), [], 'execute')).toBeNull();
    expect(outlook({ ...three, servers: [] }, ['/checks'], 'execute')).toBeNull();
  });

  test('an environment update restarts masters one at a time', () => {
    expect(outlook(recordedPlan('plans/fresh-environ-3m2w.json'), ['/masters'], 'execute')).toEqual([
      3, 2, 3, 2,
    ]);
  });
});
