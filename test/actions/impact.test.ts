import { describe, expect, test } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Health } from '../../src/protocol/health.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import { clusterWith, noFacts, now, recordedPlan, withStates } from './a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

/** All leaves up to and including `last` completed, but those said. */
function upTo(last: string, but: Record<string, PhaseState> = {}, plan: Plan = fresh): Plan {
  const leaves = plan.phases.filter(({ leaf }) => leaf).map(({ id }) => id);
  const done = leaves.slice(0, leaves.indexOf(last) + 1).map((id) => [id, 'completed' as const]);
  return withStates(plan, { ...Object.fromEntries(done), ...but });
}

/** A cluster whose health was read so many seconds ago, with these masters' etcd failing. */
function healthy(plan: Plan, { read = 5, failing = [] as string[] } = {}): Cluster {
  const cluster = clusterWith(plan);
  const probe = { checker: 'etcd-healthz', state: 'failed', severity: 'critical', text: '' } as const;
  const health: Health = {
    state: 'running',
    at: ago(read),
    servedAt: ago(read),
    summary: null,
    nodes: plan.servers.map(({ hostname, ip, role }) => ({
      name: hostname,
      ip,
      role,
      member: 'alive',
      state: failing.includes(hostname) ? 'degraded' : 'healthy',
      probes: failing.includes(hostname) ? [probe] : [],
    })),
  };
  const source = { ...cluster.sources.health, state: 'good' as const, at: ago(read), lastGood: ago(read) };
  return { ...cluster, health, sources: { ...cluster.sources, health: source } };
}

function impact(cluster: Cluster, action: string, args: Record<string, unknown> = {}) {
  return judge({ cluster, action, args, facts: noFacts }).impact;
}

const upgrade = '/masters/master-3/system-upgrade';

describe('what a card is told', () => {
  test('of a forced upgrade: what is skipped and what that means, versions, how to undo it and how long that takes', () => {
    const told = impact(healthy(upTo('/masters/master-2/untaint')), 'phase.force', { phase: upgrade });
    expect(told.skips).toEqual(['/masters/master-3/drain']);
    expect(told.skipped).toEqual(['/masters/master-3/drain, not run: pods are stopped without eviction']);
    expect(told.nodeVersions).toEqual([{ node: 'master-3', from: '6.1.45-11710', to: '7.0.56-11709' }]);
    expect(told.undo).toBe(
      'roll it back: it reinstalls the previous packages and waits for planet (about 4m)',
    );
    expect(told.takes).toEqual({ p50: 240_000, p90: 360_000, from: 'defaults' });
    expect(told.etcd).toMatchObject({ now: 3, during: 2, after: 3, quorum: 2 });
  });

  test('of a group: leaf by leaf, where each is about, where it runs and what it does', () => {
    const told = impact(healthy(upTo('/masters/master-1/untaint')), 'phase.execute', {
      phase: '/masters/master-2',
    });
    expect(told.each?.slice(0, 2)).toEqual([
      {
        leaf: '/masters/master-2/drain',
        about: 'master-2',
        runsOn: 'master-1',
        does: 'cordon the node and evict its pods',
        takes: 60_000,
      },
      {
        leaf: '/masters/master-2/system-upgrade',
        about: 'master-2',
        runsOn: 'master-2',
        does: 'stop planet and teleport, install the new packages, start and wait for planet',
        takes: 240_000,
      },
    ]);
    expect(told.takes?.p50).toBe(told.each?.reduce((sum, { takes }) => sum + takes, 0));
  });

  test('of a way back: what each rollback does, null where it does nothing, and versions the other way', () => {
    const told = impact(healthy(upTo('/masters/master-2/health')), 'operation.rollback-to', {
      phase: '/masters/master-2/drain',
    });
    expect(told.each?.map(({ leaf, does }) => [leaf.split('/').at(-1), does])).toEqual([
      ['health', null],
      ['elect', 'switches it back'],
      ['system-upgrade', 'reinstalls the previous packages and waits for planet'],
      ['drain', 'makes the node schedulable again'],
    ]);
    expect(told.nodeVersions).toEqual([{ node: 'master-2', from: '7.0.56-11709', to: '6.1.45-11710' }]);
    expect(told.undo).toMatch(/^execute them again \(about \d+m\)$/);
  });

  test('a time learned from this operation comes before the defaults', () => {
    const cluster = healthy(upTo('/masters/master-2/drain'));
    const passages = {
      '/masters/master-1/system-upgrade': {
        attempts: 1,
        began: ago(500),
        ended: ago(400),
        changed: ago(400),
      },
    };
    const told = impact({ ...cluster, passages }, 'phase.execute', {
      phase: '/masters/master-2/system-upgrade',
    });
    expect(told.takes).toMatchObject({ p50: 100_000, from: 'siblings' });
  });
});

describe('versions are said', () => {
  const executed = (phase: string, plan = fresh) => impact(healthy(plan), 'phase.force', { phase });

  test.each(['/init/master-1', '/bootstrap/master-1', '/masters/master-1/drain', '/masters/master-1/health'])(
    'nowhere for %s, which changes none',
    (phase) => {
      expect(executed(phase)).toMatchObject({ versions: null, nodeVersions: [] });
    },
  );

  test('of the cluster where its application is updated', () => {
    const told = executed('/app/shop');
    expect(told).toMatchObject({ versions: { from: '2.4.0', to: '2.5.0' }, nodeVersions: [] });
    expect(executed('/app/shop-db').versions).toBeNull();
  });

  test('once for a node, and for no node that is not upgraded, when all is rolled back', () => {
    const told = impact(healthy(upTo('/masters/master-2/system-upgrade')), 'operation.rollback');
    expect(told.leaves.filter((id) => id.endsWith('/master-2')).length).toBeGreaterThan(1);
    expect(told.nodeVersions?.map(({ node }) => node)).toEqual(['master-2', 'master-1']);
    expect(told.versions).toBeNull();
  });
});

describe('what will make a drain fail', () => {
  const drain = '/masters/master-2/drain';
  const withBudget = { ...noFacts, pods: { count: 2, budgets: ['shop/shop-db'] } };
  const alarms = (plan: Plan, action: string, args: Record<string, unknown>) =>
    judge({ cluster: healthy(plan), action, args, facts: withBudget }).impact.alarms;

  test('is a budget that allows no eviction, again where it failed before', () => {
    const plan = upTo('/masters/master-1/untaint', { [drain]: 'failed' });
    expect(alarms(plan, 'operation.step', {})).toEqual([
      'shop/shop-db allows 0 evictions now: it will fail again',
    ]);
    expect(alarms(upTo('/masters/master-1/untaint'), 'phase.execute', { phase: drain })).toEqual([
      'shop/shop-db allows 0 evictions now: it will fail',
    ]);
  });

  test('is nothing where no pod is evicted', () => {
    expect(alarms(upTo(drain), 'operation.step', {})).toEqual([]);
    expect(alarms(upTo(drain), 'phase.rollback', { phase: drain })).toEqual([]);
  });
});

describe('pods are said as unknown', () => {
  const drains = upTo('/masters/master-1/untaint');

  test('where they were asked for and did not answer', () => {
    expect(impact(healthy(drains), 'operation.step')).toMatchObject({ pods: null, podsAsked: true });
  });

  test.each(['autopilot.arm', 'operation.resume'])('never by %s, which asks for none', (action) => {
    const onlyWorker = upTo('/app/shop', { '/nodes/worker-2/drain': 'unstarted' });
    expect(impact(healthy(onlyWorker), action).podsAsked).toBe(false);
  });
});

describe('etcd is said as unknown', () => {
  test('where health was never read', () => {
    const told = impact(clusterWith(upTo('/masters/master-3/drain')), 'phase.execute', { phase: upgrade });
    expect(told.etcd).toBeNull();
    expect(told.warnings).toContain('health has not been read: how etcd is now is not known');
  });

  test('where it is old, with its age', () => {
    const told = impact(healthy(upTo('/masters/master-3/drain'), { read: 600 }), 'phase.execute', {
      phase: upgrade,
    });
    expect(told.etcd).toBeNull();
    expect(told.warnings).toContain('health is 10m old: how etcd is now is not known');
  });
});

describe('a master upgraded a moment ago', () => {
  const done = '/masters/master-2/system-upgrade';
  const passages = { [done]: { attempts: 1, began: ago(500), ended: ago(240), changed: ago(240) } };
  const cluster = (how: Parameters<typeof healthy>[1]) => ({
    ...healthy(upTo('/masters/master-3/drain'), how),
    passages,
  });

  test('that health sees failing does not answer, and is named', () => {
    const told = impact(cluster({ failing: ['master-2'] }), 'phase.execute', { phase: upgrade });
    expect(told.etcd).toMatchObject({ now: 2, during: 1, quorum: 2 });
    expect(told.warnings).toContain('master-2 was changed 4m ago and has not reported healthy yet');
    expect(told.warnings.join()).toContain('etcd loses its quorum: 1 of 3 members, 2 needed');
  });

  test('that health has seen well again is nothing to say', () => {
    const told = impact(cluster({}), 'phase.execute', { phase: upgrade });
    expect(told.warnings.filter((text) => text.includes('master-2'))).toEqual([]);
  });

  test('of which health was read before is told apart from one that answers', () => {
    const early = { [done]: { attempts: 1, began: ago(500), ended: ago(20), changed: ago(20) } };
    const told = impact(
      { ...healthy(upTo('/masters/master-3/drain'), { read: 60 }), passages: early },
      'phase.execute',
      { phase: upgrade },
    );
    expect(told.warnings).toContain(
      'master-2 was changed 20s ago, and health is from before that (60s): whether its etcd answers is not known',
    );
  });
});

describe('etcd upgraded before its time', () => {
  const tooEarly = (plan: Plan, action: string, phase: string) =>
    impact(healthy(plan), action, { phase }).warnings.find((text) => text.startsWith('TOO EARLY'));

  test('is warned of first of all on a fresh plan, where gravity takes it', () => {
    const told = impact(healthy(fresh), 'phase.execute', { phase: '/etcd' });
    expect(told.warnings[0]).toContain(
      'TOO EARLY for etcd: /init, /checks, /pre-update, /bootstrap and 3 more not completed',
    );
  });

  test('is warned of while a worker is left, by execute, force and step', () => {
    const plan = upTo('/nodes/worker-1/untaint');
    for (const action of ['phase.execute', 'phase.force', 'operation.step'])
      expect(tooEarly(plan, action, '/etcd/backup/master-1')).toContain('/nodes not completed');
  });

  test('is nothing to say when all before it is done', () => {
    expect(tooEarly(upTo('/nodes/worker-2/untaint'), 'phase.execute', '/etcd')).toBeUndefined();
  });

  test.each(['/6.1.49', '/target'])('is warned of in the hop %s of a multi-hop plan', (hop) => {
    const built = OPERATIONS['update-multi-hop']?.build({
      masters: 3,
      workers: 2,
      operationId: 'multi-hop',
      cluster: 'demo.example.com',
      createdMs: now,
    });
    const reading = readPlanJson(JSON.stringify(built));
    if (!reading.ok) throw new Error(reading.problem.sentence);
    const multi = reading.value;
    const [before, last] = ['masters/master-3/untaint', 'nodes/worker-2/untaint'];
    expect(tooEarly(upTo(`${hop}/${before}`, {}, multi), 'phase.execute', `${hop}/etcd`)).toContain(
      `TOO EARLY for etcd: ${hop}/nodes not completed`,
    );
    expect(tooEarly(upTo(`${hop}/${last}`, {}, multi), 'phase.execute', `${hop}/etcd`)).toBeUndefined();
  });

  test('is no mistake of a resume, which runs all before it first', () => {
    expect(impact(healthy(fresh), 'operation.resume').warnings.join()).not.toContain('TOO EARLY');
  });
});
