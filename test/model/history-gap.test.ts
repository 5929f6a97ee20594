import { describe, expect, test } from 'vitest';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import { healthChanges } from '../../src/model/health-changes.ts';
import { historyGapWords } from '../../src/model/history-gap.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { HealthNode, Probe } from '../../src/protocol/health.ts';
import type { HistoryEvent } from '../../src/protocol/history.ts';

describe('while the health agent of one master is down', () => {
  const before = [1, 2, 3].map((n) => node(n, []));
  const after = [node(1, []), { ...node(2, []), state: 'offline' as const, probes: [] }, node(3, ['docker'])];

  test('what happened on another master is in the history, as the agent saw it', () => {
    const cluster = [before, after].reduce(read, empty);
    expect(cluster.history).toMatchObject([
      { kind: 'node.silent', node: 'n2' },
      { kind: 'node.degraded', node: 'n3', own: true },
      { kind: 'probe.failed', node: 'n3', checker: 'docker', own: true },
    ]);
    expect(historyGapWords(cluster)).toMatch(/n2 does not answer/);
  });

  test('the cluster’s own record takes its place when it comes, each event once', () => {
    const cluster = [before, after].reduce(read, empty);
    const at = '2026-11-22T11:00:35.000Z';
    const events = [event('node.degraded', at, null), event('probe.failed', at, 'docker')];
    const told = fold(cluster, { kind: 'history.read', seen: at, events });
    expect(told.history.filter(({ own }) => own)).toEqual([]);
    expect(told.history.filter(({ kind }) => kind === 'probe.failed')).toHaveLength(1);
  });

  test('what the timeline has already is not written again', () => {
    const first = [before].reduce(read, empty);
    const at = '2026-11-22T11:01:05.000Z';
    const events = [event('node.degraded', at, null), event('probe.failed', at, 'docker')];
    const known = fold(first, { kind: 'history.read', seen: at, events });
    expect(read(known, after).history.filter(({ own }) => own)).toEqual([]);
  });
});

test('while all masters answer the timeline alone tells', () => {
  const cluster = [[1, 2, 3].map((n) => node(n, [])), [node(1, []), node(2, []), node(3, ['docker'])]].reduce(
    read,
    empty,
  );
  expect(cluster.history).toEqual([]);
  expect(historyGapWords(cluster)).toBeNull();
});

const empty = emptyCluster({ kind: 'live', label: null, readOnly: true });

function read(cluster: Cluster, nodes: HealthNode[]): Cluster {
  const minute = cluster.health === null ? 0 : 1;
  const at = `2026-11-22T11:0${minute}:00.000Z`;
  const health = { state: 'running' as const, at, servedAt: at, summary: null, nodes };
  const telling = { seen: at, named: ({ name }: HealthNode) => name, reported: cluster.reported };
  return healthChanges(cluster.health, health, telling).reduce(fold, cluster);
}

function node(n: number, failed: string[]): HealthNode {
  const probes: Probe[] = [
    { checker: 'dns', state: 'running', severity: null, text: '' },
    ...failed.map((checker): Probe => ({ checker, state: 'failed', severity: 'critical', text: 'no' })),
  ];
  const state = failed.length > 0 ? 'degraded' : 'healthy';
  return { name: `n${n}`, ip: `10.0.0.${n}`, role: 'master', member: 'alive', state, probes };
}

function event(kind: HistoryEvent['kind'], at: string, checker: string | null): HistoryEvent {
  return { at, kind, node: 'n3', checker, from: null, to: null, text: `[${kind}] node=n3` };
}
