import { describe, expect, it, test } from 'vitest';
import { fold } from '../../../src/model/fold.ts';
import { outagesOf } from '../../../src/model/outage/outages.ts';
import { whyOf } from '../../../src/model/why/why.ts';
import type { Cluster } from '../../../src/protocol/cluster.ts';
import type { Event } from '../../../src/protocol/event.ts';
import type { Observed } from '../../../src/protocol/observed.ts';
import type { PhaseState } from '../../../src/protocol/phase.ts';
import { aRun, clusterWith, now, recordedPlan, withStates } from '../../actions/a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const upgrade = '/masters/master-2/system-upgrade';
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();

/** Health as read and collected so many seconds ago: these probes of these nodes fail, a node with null does not answer. */
function reading(secondsAgo: number, failing: Record<string, string[] | null>): Event {
  const nodes = fresh.servers.map(({ hostname, ip }) => {
    const failed = failing[hostname];
    const probe = { state: 'failed', severity: 'critical', text: '' } as const;
    const probes = (failed ?? []).map((checker) => ({ checker, ...probe }));
    const state = failed === null ? 'offline' : probes.length > 0 ? 'degraded' : 'healthy';
    return { name: `${ip}.test`, ip, role: null, member: null, state, probes } as const;
  });
  const times = { at: at(secondsAgo), servedAt: at(secondsAgo) };
  return {
    kind: 'health.read',
    seen: at(secondsAgo),
    health: { state: 'degraded', summary: null, nodes, ...times },
  };
}

function observed(said: Partial<Observed> = {}): Observed {
  return {
    state: 'in_progress',
    since: at(100),
    from: 'run',
    run: 'r1',
    way: 'execute',
    node: 'master-2',
    error: null,
    ...said,
  };
}

type Said = { states?: Record<string, PhaseState>; readings?: Event[]; cluster?: Partial<Cluster> };

function cluster({ states = {}, readings = [], cluster: said = {} }: Said): Cluster {
  const before = reading(150, {});
  return [before, ...readings].reduce(fold, clusterWith(withStates(fresh, states), said));
}

const cause = (known: Cluster, node: string, checker: string | null) =>
  outagesOf(known).causeOf({ node, checker }, now);
const nobody = { phase: null };

describe('a phase that only its run or a log shows', () => {
  const down = reading(20, { 'master-2': ['docker'] });
  const silent = reading(20, { 'master-2': null });
  const remote = (said: Partial<Observed>, states: Record<string, PhaseState> = {}, last = down) =>
    cluster({ states, readings: [last], cluster: { observed: { [upgrade]: observed(said) } } });

  it('explains what it stops on its node at once, whatever the plan says', () => {
    for (const state of ['unstarted', 'failed', 'rolled_back', 'in_progress'] as const) {
      expect(cause(remote({}, { [upgrade]: state }), 'master-2', 'docker')).toEqual({ phase: upgrade });
      expect(cause(remote({}, { [upgrade]: state }, silent), 'master-2', null)).toEqual({ phase: upgrade });
    }
  });

  it('is no reason to bring the machine back, of the phase or of its node', () => {
    const known = remote({}, {}, silent);
    const ask = (question: { phase: string | null; node?: string }) =>
      whyOf({ cluster: known, question: { refusal: null, ...question }, facts: { now } });
    expect(ask({ phase: null, node: 'master-2' }).id).toBe('node.expected');
    expect(ask({ phase: upgrade }).id).not.toBe('leaf.node-down');
    expect(ask({ phase: '/masters/master-3/system-upgrade', node: 'master-3' }).id).toBe('node.well');
  });

  it('explains nothing of another node, nor another check', () => {
    const known = remote({}, {}, reading(20, { 'master-3': ['docker'], 'master-2': ['disk-space'] }));
    expect(cause(known, 'master-3', 'docker')).toEqual(nobody);
    expect(cause(known, 'master-3', null)).toEqual(nobody);
    expect(cause(known, 'master-2', 'disk-space')).toEqual(nobody);
  });

  it('explains nothing any more once it failed there', () => {
    const known = remote({ state: 'failed', since: at(10), error: 'exit status 255' });
    expect(cause(known, 'master-2', 'docker')).toEqual(nobody);
  });

  it('explains nothing where gravity was killed and left it in progress', () => {
    for (const left of ['killed', 'orphan'] as const)
      expect(cause(remote({ left }), 'master-2', 'docker')).toEqual(nobody);
  });

  it('explains nothing past its limit, nor what failed before it began', () => {
    expect(cause(remote({ since: at(800) }), 'master-2', 'docker')).toEqual(nobody);
    expect(cause(remote({ since: at(15) }), 'master-2', 'docker')).toEqual(nobody);
  });

  it('explains what its rollback stops, and nothing where the rollback does nothing', () => {
    const back = { way: 'rollback' } as const;
    expect(cause(remote(back, { [upgrade]: 'completed' }), 'master-2', 'docker')).toEqual({
      phase: upgrade,
    });
    const migrate = fresh.phases.find(({ kind, leaf }) => leaf && kind === 'etcd_migrate');
    const node = migrate?.runsOn ?? '';
    const etcd = cluster({
      states: { [migrate?.id ?? '']: 'completed' },
      readings: [reading(20, { [node]: ['etcd-healthz'] })],
      cluster: { observed: { [migrate?.id ?? '']: observed(back) } },
    });
    expect(cause(etcd, node, 'etcd-healthz')).toEqual(nobody);
  });

  it('is dated by its run where the plan shows nothing but its end', () => {
    const passages = { [upgrade]: { attempts: 1, began: null, ended: at(10), changed: at(10) } };
    const step = { program: 'gravity', path: '/g', argv: ['plan', 'execute'], phase: upgrade } as const;
    const run = aRun({ state: 'done', steps: [{ ...step, argv: [...step.argv] }] });
    const runs = [{ ...run, startedAt: at(130), finishedAt: at(9) }];
    const known = cluster({ states: { [upgrade]: 'completed' }, cluster: { passages, runs } });
    const causeSince = (ago: number) => {
      const docker = { node: 'master-2', checker: 'docker', began: now - ago * 1000 };
      return outagesOf(known).causeOf(docker, docker.began);
    };
    expect(causeSince(125)).toEqual({ phase: upgrade });
    expect(causeSince(135)).toEqual(nobody);
  });
});

describe('what a phase leaves behind when it has ended well', () => {
  /** It ran from 300 to 50 s ago; master-2 is silent since `began` s ago, by a reading of `read` s ago. */
  const left = (began: number, read: number, state: PhaseState = 'completed') => {
    const readings = [...new Set([began, read])].map((ago) => reading(ago, { 'master-2': null }));
    const passages = { [upgrade]: { attempts: 1, began: at(300), ended: at(50), changed: at(50) } };
    const known = cluster({ states: { [upgrade]: state }, cluster: { passages } });
    const fine = reading(Math.max(began, read) + 30, {});
    const health = { ...known.sources.health, at: at(read), lastGood: at(read) };
    const sources = { ...known.sources, health };
    return [fine, ...readings].reduce(fold, { ...known, sources, health: null, failing: {} });
  };
  const after = { phase: upgrade, after: true };

  test('counts for it while the reading was collected before its end', () => {
    expect(cause(left(100, 60), 'master-2', null)).toEqual({ phase: upgrade });
  });
  test('counts for it in readings of the minute that the endpoint is late', () => {
    expect(cause(left(100, 5), 'master-2', null)).toEqual(after);
    expect(cause(left(30, 5), 'master-2', null)).toEqual(after);
  });
  test('does not where it began later', () => {
    expect(cause(left(15, 5), 'master-2', null)).toEqual(nobody);
  });
  test('does not in a later reading', () => {
    const known = left(100, 5);
    const passages = { [upgrade]: { attempts: 1, began: at(300), ended: at(70), changed: at(70) } };
    expect(cause({ ...known, passages }, 'master-2', null)).toEqual(nobody);
  });
  test('does not where it failed', () => {
    expect(cause(left(100, 60, 'failed'), 'master-2', null)).toEqual(nobody);
  });
});

describe('while a phase stops the planet of this very node', () => {
  const own = '/masters/master-1/system-upgrade';
  const running = { [own]: { attempts: 1, began: at(60), ended: null, changed: at(60) } };
  const here = (said: Partial<Cluster> = {}, state: PhaseState = 'in_progress') =>
    clusterWith(withStates(fresh, { [own]: state }), { passages: running, health: null, ...said });
  const unseen = { phase: own, unseen: true };

  test('what status says of other nodes is not known to be so', () => {
    expect(cause(here(), 'master-1', null)).toEqual({ phase: own });
    expect(cause(here(), 'master-2', null)).toEqual(unseen);
    expect(cause(here(), 'worker-1', null)).toEqual(unseen);
  });
  test('and why says so', () => {
    const why = whyOf({
      cluster: here(),
      question: { phase: null, refusal: null, node: 'worker-1' },
      facts: { now },
    });
    expect(why.id).toBe('node.expected');
    expect(JSON.stringify(why.causes)).toContain('cannot see worker-1');
  });
  test('what health showed of them is', () => {
    const before = [reading(70, { 'worker-1': null })].reduce(fold, here());
    expect(cause(before, 'worker-1', null)).toEqual(nobody);
    expect(cause(before, 'master-2', null)).toEqual(unseen);
  });
  test('a single check is told by health alone', () => {
    expect(cause(here(), 'worker-1', 'docker')).toEqual(nobody);
  });
  test('it is known again once the phase failed, and to an agent elsewhere', () => {
    expect(cause(here({}, 'failed'), 'worker-1', null)).toEqual(nobody);
    const place = { node: 'master-3', ip: '192.168.1.13', by: 'interface' } as const;
    expect(cause(here({ place }), 'worker-1', null)).toEqual(nobody);
  });
});
