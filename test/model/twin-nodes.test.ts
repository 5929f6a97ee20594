import { describe, expect, test } from 'vitest';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { clusterNodesTwin, healthNodesTwin, statusNodesTwin } from '../../src/model/twin-nodes.ts';
import { nodesVerdict } from '../../src/model/twin-verdict.ts';
import type { Health, HealthNode } from '../../src/protocol/health.ts';
import type { Status } from '../../src/protocol/status.ts';

const node = (changes: Partial<HealthNode>): HealthNode => ({
  name: '10_0_0_1.demo',
  ip: '10.0.0.1',
  role: 'master',
  member: 'alive',
  state: 'healthy',
  probes: [],
  ...changes,
});
const health = (nodes: HealthNode[], state: Health['state'] = 'running'): Health => ({
  state,
  at: '2026-11-23T04:00:00Z',
  servedAt: null,
  summary: null,
  nodes,
});
const status = (names: [string, string][]): Status => ({
  cluster: 'demo',
  state: 'active',
  reason: null,
  image: null,
  cloudProvider: null,
  clientVersion: null,
  serverVersion: null,
  systemStatus: 'running',
  operation: null,
  activeOperations: [],
  endpoints: { authGateway: [], ui: [] },
  nodes: names.map(([hostname, ip]) => ({
    hostname,
    ip,
    role: 'master',
    profile: 'master',
    state: 'healthy',
    failed: ['docker (down)'],
    warnings: ['disk'],
    access: 'online',
  })),
  alerts: null,
  localChecks: [],
});
const empty = emptyCluster({ kind: 'live', label: null, readOnly: false });
const now = Date.parse('2026-11-22T11:06:36Z');

describe('the nodes of a saved answer', () => {
  test('keep the name the endpoint gives them', () => {
    expect(healthNodesTwin(health([node({})])).nodes[0]?.name).toBe('10_0_0_1.demo');
  });

  test('count a failed probe without a severity as critical', () => {
    const probes = [{ checker: 'docker', state: 'failed' as const, severity: null, text: '' }];
    expect(healthNodesTwin(health([node({ probes })])).nodes[0]?.probes[0]?.severity).toBe('critical');
  });

  test('from a status have probes without checkers, failed ones critical', () => {
    const probes = statusNodesTwin(status([['m1', '10.0.0.1']])).nodes[0]?.probes;
    expect(probes).toEqual([
      { checker: null, state: 'failed', severity: 'critical', text: 'docker (down)' },
      { checker: null, state: 'failed', severity: 'warning', text: 'disk' },
    ]);
  });
});

describe('the nodes the agent knows', () => {
  test('have the host name of the server with their address', () => {
    const cluster = { ...empty, status: status([['m1', '10.0.0.1']]), health: health([node({})]) };
    expect(clusterNodesTwin(cluster, now).nodes).toMatchObject([
      { name: 'm1', ip: '10.0.0.1', state: 'healthy' },
    ]);
  });

  test('include a server the endpoint no longer lists, as unknown', () => {
    const cluster = {
      ...empty,
      status: status([
        ['m1', '10.0.0.1'],
        ['m2', '10.0.0.2'],
      ]),
      health: health([node({})]),
    };
    const twin = clusterNodesTwin(cluster, now);
    expect(twin.nodes.map(({ name, state }) => [name, state])).toEqual([
      ['m1', 'healthy'],
      ['m2', 'unknown'],
    ]);
    expect(nodesVerdict(twin)).toMatchObject({ exit: 7, sentence: 'nothing is known of m2' });
  });

  test('are those of status before the endpoint has answered', () => {
    expect(clusterNodesTwin({ ...empty, status: status([['m1', '10.0.0.1']]) }, now).nodes[0]?.name).toBe(
      'm1',
    );
    expect(clusterNodesTwin(empty, now)).toMatchObject({ state: 'unknown', nodes: [] });
  });
});

describe('how nodes end a command', () => {
  const cases: [string, Health, number][] = [
    ['all healthy', health([node({})]), 0],
    ['one degraded', health([node({ state: 'degraded' })], 'degraded'), 3],
    ['one offline while the cluster runs', health([node({ state: 'offline' })]), 3],
    [
      'one without an answer and the cluster says nothing',
      health([node({ state: 'offline' })], 'unknown'),
      7,
    ],
    ['one degraded where the cluster says nothing', health([node({ state: 'degraded' })], 'unknown'), 3],
    ['one unknown', health([node({ state: 'unknown' })]), 7],
  ];
  for (const [what, body, exit] of cases) {
    test(`${what}: ${exit}`, () => expect(nodesVerdict(healthNodesTwin(body)).exit).toBe(exit));
  }
});
