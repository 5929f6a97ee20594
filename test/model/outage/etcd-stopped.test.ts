import { describe, expect, test } from 'vitest';
import { outagesOf } from '../../../src/model/outage/outages.ts';
import type { Cluster, Passage } from '../../../src/protocol/cluster.ts';
import type { HistoryEvent } from '../../../src/protocol/history.ts';
import type { PhaseState } from '../../../src/protocol/phase.ts';
import { clusterWith, now, recordedPlan, withStates } from '../../actions/a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const at = (ago: number) => new Date(now - ago * 1000).toISOString();

/** A leaf by its path: its state, and from how many seconds ago until how many it ran. */
type Ran = [phase: string, state: PhaseState, began: number, ended: number | null];

/** Health was read `read` s ago, of a collection that began at the same time. */
function told(
  ran: readonly Ran[],
  { read = 0, said = {} }: { read?: number; said?: Partial<Cluster> } = {},
): Cluster {
  const passages = Object.fromEntries(
    ran.map(([phase, , began, ended]): [string, Passage] => [
      phase,
      {
        attempts: 1,
        began: at(began),
        ended: ended === null ? null : at(ended),
        changed: at(ended ?? began),
      },
    ]),
  );
  const plan = withStates(fresh, Object.fromEntries(ran.map(([phase, state]) => [phase, state])));
  const cluster = clusterWith(plan, { passages });
  const health = { ...cluster.sources.health, state: 'good', at: at(read), lastGood: at(read) } as const;
  const reading = { state: 'degraded', at: at(read), servedAt: at(read), summary: null, nodes: [] } as const;
  return { ...cluster, sources: { ...cluster.sources, health }, health: { ...reading, nodes: [] }, ...said };
}

const stop = (node: string, ago = 0): Ran => [`/etcd/shutdown/${node}`, 'completed', 100 - ago, 90 - ago];
const start = (node: string, ago = 0): Ran => [`/etcd/restart/${node}`, 'completed', 40 - ago, 30 - ago];
const verdict = (cluster: Cluster, node: string, checker: string | null) =>
  outagesOf(cluster).causeOf({ node, checker }, now);
const by = (phase: string) => ({ phase, stopped: true });
const nobody = { phase: null };

describe('with etcd stopped by the plan, between its leaves', () => {
  const one = told([stop('master-1')]);
  const two = told([stop('master-1'), stop('master-2')]);

  test('what stands on etcd is dark by the plan on that master, and on no other while the quorum holds', () => {
    expect(verdict(one, 'master-1', 'etcd-healthz')).toEqual(by('/etcd/shutdown/master-1'));
    expect(verdict(one, 'master-2', 'etcd-healthz')).toEqual(nobody);
  });

  test('it is so on every node without a quorum', () => {
    expect(verdict(two, 'master-3', 'kube-apiserver')).toEqual(by('/etcd/shutdown/master-2'));
    expect(verdict(two, 'worker-1', 'etcd-healthz')).toEqual(by('/etcd/shutdown/master-2'));
    expect(verdict(two, 'master-1', 'etcd-healthz')).toEqual(by('/etcd/shutdown/master-1'));
  });

  test('the quorum is gone before the leaf that takes it is done', () => {
    const during = told([stop('master-1'), ['/etcd/shutdown/master-2', 'in_progress', 5, null]]);
    expect(verdict(during, 'master-3', 'etcd-healthz')).toEqual(by('/etcd/shutdown/master-2'));
    expect(verdict(during, 'master-2', 'etcd-healthz')).toEqual({ phase: '/etcd/shutdown/master-2' });
  });

  test('nothing else is explained by it', () => {
    expect(verdict(two, 'master-1', 'docker')).toEqual(nobody);
    expect(verdict(two, 'master-1', null)).toEqual(nobody);
  });

  test('a rollback of the restart stops it again, until the shutdown is rolled back too', () => {
    const back = (node: string): Ran => [`/etcd/restart/${node}`, 'rolled_back', 40, 30];
    const stopped = told([stop('master-1'), stop('master-2'), back('master-2'), back('master-1')]);
    expect(verdict(stopped, 'worker-1', 'etcd-healthz')).toEqual(by('/etcd/shutdown/master-2'));
    const all = ['master-1', 'master-2'].map(
      (node): Ran => [`/etcd/shutdown/${node}`, 'rolled_back', 20, 10],
    );
    expect(verdict(told([...all, back('master-2'), back('master-1')]), 'worker-1', 'etcd-healthz')).toEqual(
      nobody,
    );
  });

  test('what failed before it was stopped is not', () => {
    const failing = { 'master-1 etcd-healthz': at(500) };
    const nodes = [
      { name: 'master-1', ip: null, role: null, member: null, state: 'degraded' as const, probes: [] },
    ];
    const health = two.health && { ...two.health, nodes };
    expect(verdict({ ...two, failing, health }, 'master-1', 'etcd-healthz')).toEqual(nobody);
  });

  test('nothing is, once a leaf of etcd has failed', () => {
    const failed = told([stop('master-1'), stop('master-2'), ['/etcd/upgrade/master-1', 'failed', 50, 40]]);
    expect(verdict(failed, 'master-1', 'etcd-healthz')).toEqual(nobody);
  });

  test('it is so until the last member was started, and was seen started', () => {
    const masters = ['master-1', 'master-2', 'master-3'];
    const stopped = masters.map((node) => stop(node));
    const almost = told([...stopped, start('master-1'), start('master-2')]);
    const all: Ran[] = [...stopped, ...masters.map((node) => start(node))];
    expect(verdict(almost, 'worker-1', 'etcd-healthz')).toEqual(by('/etcd/shutdown/master-2'));
    expect(verdict(told(all), 'worker-1', 'etcd-healthz')).toEqual(nobody);
    expect(verdict(told(all, { read: 35 }), 'worker-1', 'etcd-healthz')).toEqual(
      by('/etcd/shutdown/master-2'),
    );
  });

  test('it is the doing of the leaf that took the quorum, which failed the probes, not of the next', () => {
    const three = told([stop('master-1', 0), stop('master-2', 20), stop('master-3', 60)]);
    expect(verdict(three, 'worker-1', 'etcd-healthz')).toEqual(by('/etcd/shutdown/master-2'));
    // Its own member was stopped after that, when its probe had failed already.
    const failing = { 'master-3 etcd-healthz': at(65) };
    const nodes = [
      { name: 'master-3', ip: null, role: null, member: null, state: 'degraded' as const, probes: [] },
    ];
    const late = { ...three, failing, health: three.health && { ...three.health, nodes } };
    expect(verdict(late, 'master-3', 'etcd-healthz')).toEqual(by('/etcd/shutdown/master-2'));
  });
});

test('a stop whose beginning nobody saw, or saw late, explains what failed meanwhile', () => {
  const nodes = [
    { name: 'master-1', ip: null, role: null, member: null, state: 'degraded' as const, probes: [] },
  ];
  const seen = (ran: Ran, ago: number) => {
    const cluster = told([ran]);
    const passages = {
      [ran[0]]: { attempts: 1, began: null, ended: at(ran[3] ?? 0), changed: at(ran[3] ?? 0) },
    };
    const health = cluster.health && { ...cluster.health, nodes };
    const unseen = { ...cluster, passages, health, failing: { 'master-1 etcd-healthz': at(ago) } };
    return [unseen, { ...unseen, passages: cluster.passages }].map((each) =>
      verdict(each, 'master-1', 'etcd-healthz'),
    );
  };
  const stopped = by('/etcd/shutdown/master-1');
  expect(seen(stop('master-1'), 102)).toEqual([stopped, stopped]);
  expect(seen(stop('master-1'), 200)).toEqual([nobody, nobody]);
});

test('a leaf that ended since health was collected was in progress then', () => {
  const upgrade = '/masters/master-2/system-upgrade';
  const ran: Ran = [upgrade, 'completed', 300, 20];
  expect(verdict(told([ran], { read: 25 }), 'master-2', 'docker')).toEqual({ phase: upgrade });
  expect(verdict(told([ran], { read: 15 }), 'master-2', 'docker')).toEqual(nobody);
  const failed: Ran = [upgrade, 'failed', 300, 20];
  expect(verdict(told([failed], { read: 25 }), 'master-2', 'docker')).toEqual(nobody);
});

describe('in the timeline, a probe that failed while etcd was stopped', () => {
  const event = (ago: number, said: Partial<HistoryEvent> = {}): HistoryEvent => {
    const what = { kind: 'probe.failed', node: 'worker-1', checker: 'etcd-healthz' } as const;
    return { at: at(ago), from: null, to: null, text: '', ...what, ...said };
  };
  const two: Ran[] = [stop('master-1'), stop('master-2')];
  const all: Ran[] = [...two, start('master-1'), start('master-2')];

  test('failed by the plan', () => {
    expect(outagesOf(told(all)).causeOfEvent(event(60))).toEqual(by('/etcd/shutdown/master-2'));
    expect(outagesOf(told(all)).causeOfEvent(event(111))).toBeNull();
  });

  test('failed by it also in the round that followed the last start, and not later', () => {
    const early: Ran[] = [...two, start('master-1', -30), start('master-2', -30)];
    const after = { ...by('/etcd/shutdown/master-2'), after: true };
    expect(outagesOf(told(early)).causeOfEvent(event(31))).toEqual(after);
    expect(outagesOf(told(early)).causeOfEvent(event(29))).toEqual(nobody);
  });

  test('in a phase of etcd is expected for as long as the plan has etcd stopped', () => {
    const inShutdown = event(95, { node: 'master-1' });
    expect(outagesOf(told(two)).causeOfEvent(inShutdown)?.phase).toBe('/etcd/shutdown/master-1');
    expect(outagesOf(told(two)).expectedUntil(inShutdown)).toBe(Number.POSITIVE_INFINITY);
  });

  test('was to stay so until the plan had started it, and was seen to have', () => {
    expect(outagesOf(told(two)).expectedUntil(event(60))).toBe(Number.POSITIVE_INFINITY);
    expect(outagesOf(told(all)).expectedUntil(event(60))).toBe(now - 30_000 + 60_000);
  });
});
