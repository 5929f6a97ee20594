import { describe, expect, test } from 'vitest';
import { readStatusJson } from '../../src/adapters/gravity/status-json.ts';
import { agentsChanges } from '../../src/model/agents-changes.ts';
import { bounds } from '../../src/model/bounds.ts';
import { completeStatus } from '../../src/model/complete-status.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import { historyChanges } from '../../src/model/history-changes.ts';
import { statusChanges } from '../../src/model/status-changes.ts';
import type { HistoryEvent } from '../../src/protocol/history.ts';
import type { Operation } from '../../src/protocol/operation.ts';
import type { Run } from '../../src/protocol/run.ts';
import type { Status, StatusNode } from '../../src/protocol/status.ts';
import { recordingText } from '../recordings.ts';

const seen = '2026-11-22T11:10:00.000Z';
const empty = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });

function master(number: string, state: StatusNode['state']): StatusNode {
  const known = { role: 'master', profile: 'master', failed: [], warnings: [], access: 'online' as const };
  return { ...known, hostname: `master-${number}`, ip: `192.168.1.1${number}`, state };
}

describe('status between two readings', () => {
  const update = operation('update_in_progress');
  test('the first reading changes nothing', () => {
    const events = statusChanges({ status: null, operations: null }, status({}), seen);
    expect(events.map(({ kind }) => kind)).toEqual(['status.read']);
  });

  test('an operation that failed moves from active to last, and is told once', () => {
    const before = status({ activeOperations: [update] });
    const after = status({ operation: { ...update, state: 'failed' } });
    expect(statusChanges({ status: before, operations: null }, after, seen)).toMatchObject([
      { kind: 'operation.changed', operation: 'op', from: 'update_in_progress', to: 'failed' },
      { kind: 'status.read' },
    ]);
  });

  test('a reason that changed is a change of the cluster', () => {
    const events = statusChanges(
      { status: status({}), operations: null },
      status({ reason: 'node is down' }),
      seen,
    );
    expect(events[0]).toMatchObject({
      kind: 'cluster.changed',
      from: 'updating',
      to: 'updating',
      reason: 'node is down',
    });
  });

  describe('while etcd is down', () => {
    const commands = recordingText('nodes/09-etcd-down/commands.jsonl').trimEnd().split('\n');
    const asked: { argv: string[]; stdout: string }[] = commands.map((line) => JSON.parse(line));
    const { stdout } = asked.find(({ argv }) => argv.includes('status')) ?? {};
    const reading = readStatusJson(stdout ?? '');
    const partial = reading.ok ? reading.value : status({});
    const before = status({
      cluster: 'demo.example.com',
      activeOperations: [update],
      nodes: [master('1', 'degraded')],
    });

    test('cluster, image, state and operation stay as last known, and its return is no news', () => {
      const meanwhile = completeStatus(before, partial, { blind: false });
      expect(meanwhile).toMatchObject({
        cluster: 'demo.example.com',
        state: 'updating',
        activeOperations: [update],
      });
      const events = statusChanges({ status: meanwhile, operations: null }, before, seen);
      expect(events.map(({ kind }) => kind)).toEqual(['status.read']);
    });

    test('nodes keep their names, and have their newer states', () => {
      const { nodes } = completeStatus(before, partial, { blind: false });
      expect(nodes?.[0]).toMatchObject({ hostname: 'master-1', profile: 'master', state: 'healthy' });
    });
  });

  test('asked on a node whose planet is down, other nodes are not called offline', () => {
    const here = master('1', 'healthy');
    const unseen = status({ nodes: [here, master('2', 'offline')] });
    const stateOf = (before: Parameters<typeof completeStatus>[0]) =>
      completeStatus(before, unseen, { blind: true }).nodes?.[1]?.state;
    expect(stateOf(null)).toBe('unknown');
    expect(stateOf(status({ nodes: [here, master('2', 'degraded')] }))).toBe('degraded');
  });
});

describe('the history between two readings', () => {
  test('an event read through the endpoint and through gravity is one event', () => {
    const [exact, rounded] = [event('2026-11-22T09:52:00.425795636Z'), event('2026-11-22T09:52:00Z')];
    expect(historyChanges([exact], [rounded], seen)).toEqual([]);
  });

  test('an event a master learned of late takes its place in time', () => {
    const [one, late, three] = [
      event('2026-11-22T09:01:00Z'),
      event('2026-11-22T09:02:00Z'),
      event('2026-11-22T09:03:00Z'),
    ];
    const known = historyChanges([], [one, three], seen).reduce(fold, empty);
    const cluster = historyChanges(known.history, [one, late, three], seen).reduce(fold, known);
    expect(cluster.history).toEqual([one, late, three]);
  });

  test('a timeline longer than what is kept is read once, not at every reading', () => {
    const start = Date.parse('2026-11-20T00:00:00Z');
    const events = Array.from({ length: bounds.history + 500 }, (_, index) =>
      event(new Date(start + index * 30_000).toISOString()),
    );
    const cluster = historyChanges([], events, seen).reduce(fold, empty);
    expect(cluster.history).toEqual(events.slice(-bounds.history));
    expect(historyChanges(cluster.history, events, seen)).toEqual([]);
  });
});

test('update agents in another order are the same agents', () => {
  const agent = (hostname: string) => ({ hostname, ip: '', state: 'deployed' as const, version: null });
  const known = agentsChanges(null, [agent('b'), agent('a')], seen).reduce(fold, empty);
  expect(agentsChanges(known.agents, [agent('a'), agent('b')], seen)).toEqual([]);
});

test('old runs are forgotten, live ones never', () => {
  const runs = Array.from({ length: bounds.runs + 50 }, (_, index) =>
    run(`${index}`, index === 0 ? 'running' : 'done'),
  );
  const cluster = runs.reduce((state, each) => fold(state, { kind: 'run.changed', seen, run: each }), empty);
  expect(cluster.runs).toHaveLength(bounds.runs + 1);
  expect(cluster.runs.at(-1)?.id).toBe('0');
  expect(cluster.runs[0]?.id).toBe(`${bounds.runs + 49}`);
});

function status(change: Partial<Status>): Status {
  return {
    cluster: 'demo',
    state: 'updating',
    reason: null,
    image: null,
    cloudProvider: null,
    clientVersion: null,
    serverVersion: null,
    systemStatus: 'running',
    operation: null,
    activeOperations: [],
    endpoints: { authGateway: [], ui: [] },
    nodes: null,
    alerts: null,
    localChecks: [],
    ...change,
  };
}

function operation(state: string): Operation {
  return { id: 'op', type: 'operation_update', state, description: '', created: null, progress: null };
}

function event(at: string): HistoryEvent {
  return { at, kind: 'probe.failed', node: 'n', checker: 'docker', from: null, to: null, text: '' };
}

function run(id: string, state: Run['state']): Run {
  return {
    id,
    requestId: id,
    action: 'operation.step',
    label: '',
    args: {},
    lane: 'cluster',
    state,
    steps: [],
    step: 0,
    by: { user: 'root', from: null, tty: null, console: null },
    reason: null,
    operationId: null,
    queuedAt: seen,
    startedAt: null,
    finishedAt: null,
    exitCode: null,
    signal: null,
    sentence: null,
    interruptedBy: null,
    outputBytes: 0,
  };
}
