import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { historyItems } from '../../src/console/history-items.ts';
import { plainText } from '../../src/console/plain-text.ts';
import { historyRow } from '../../src/console/view/history.ts';
import { fold } from '../../src/model/fold.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { HistoryEvent } from '../../src/protocol/history.ts';
import { aNote } from '../console/a-cockpit.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const iso = (ago: number) => new Date(now - ago).toISOString();
const minute = 60_000;

function event(
  kind: HistoryEvent['kind'],
  ago: number,
  about: { node: string | null; checker?: string },
): HistoryEvent {
  return { at: iso(ago), kind, checker: null, from: null, to: null, text: '', ...about };
}

const second = '192_168_1_12.demo';
const third = '192_168_1_13.demo';
const seen = (began: number, ended: number) => ({
  attempts: 1,
  began: iso(began),
  ended: iso(ended),
  changed: iso(ended),
});
const plan = recordedPlan('failed-3m2w');
const cluster = clusterOf(plan, {
  history: [
    event('node.healthy', 59 * minute, { node: second }),
    event('probe.failed', 30 * minute, { node: second, checker: 'kubelet' }),
    event('node.degraded', 30 * minute, { node: second }),
    event('probe.failed', 20 * minute, { node: third, checker: 'docker' }),
    event('cluster.degraded', 10 * minute, { node: null }),
  ],
  passages: Object.fromEntries(
    plan.phases
      .filter(({ leaf, id }) => leaf && (id.startsWith('/init') || id.startsWith('/bootstrap')))
      .map(({ id }) => [
        id,
        id.startsWith('/init') ? seen(60 * minute, 50 * minute) : seen(50 * minute, 20 * minute),
      ]),
  ),
});

describe('the filter of the timeline', () => {
  const kinds = (filter: string) =>
    historyItems(sceneOf(cluster), filter).map(({ kind, node }) => [kind, node]);
  test('takes kind, node and checker by name, and every word must pass', () => {
    expect(kinds('kind:probe.failed')).toEqual([
      ['probe.failed', third],
      ['probe.failed', second],
    ]);
    expect(kinds('kind:probe node:master-2')).toEqual([['probe.failed', second]]);
    expect(kinds('checker:docker')).toEqual([['probe.failed', third]]);
    expect(kinds('kind:probe !node:master-2')).toEqual([['probe.failed', third]]);
  });
  test('knows nodes by the names the screen shows', () => {
    expect(kinds('master-3')).toEqual([['probe.failed', third]]);
  });
  test('without a name looks at everything', () => {
    expect(kinds('degraded')).toHaveLength(2);
    expect(kinds('no such thing')).toEqual([]);
    expect(kinds('')).toHaveLength(5);
  });
});

describe('time from left to right above the timeline', () => {
  const shown = (rows: number, ascii = false) =>
    textOf(
      frameRows(
        sceneOf(cluster, { size: { columns: 80, rows }, look: { ascii, colour: false } }),
        uiOn('history'),
      ),
    );
  test('has the groups of the plan as they were seen to run, and the nodes', () => {
    const rows = shown(24);
    expect(rows[3]).toMatch(/^ +09:10 +09:20 .* 09:50 +now▼$/);
    expect(rows[4]).toMatch(/^ plan +├init─+├bootstrap─+/);
    expect(rows.slice(5, 9).join('\n')).toMatch(/master-2 +·*▁+▆+/);
    expect(rows.join('\n')).toContain('Cluster Degraded');
  });
  test('speaks ASCII where nothing else is understood', () => {
    expect(shown(24, true)[4]).toMatch(/^ plan +\[init-+\[bootstrap-+/);
  });
  test('leaves a short screen to the list', () => {
    expect(shown(18).join('\n')).not.toContain('├');
  });
});

describe('the timeline beside the cluster’s own events', () => {
  const holder = { user: 'bob', from: 'master-1', tty: null, console: 'console-of-bob' };
  const seenAt = (ago: number) => new Date(now - ago).toISOString();
  const drain = '/masters/master-2/drain';
  const states = [
    ['unstarted', 'in_progress', 5 * minute],
    ['in_progress', 'failed', 4 * minute],
  ] as const;
  const flown = [
    ...states.map(
      ([from, to, ago]): Event => ({
        kind: 'phase.changed',
        operation: null,
        seen: seenAt(ago),
        phase: drain,
        from,
        to,
        at: seenAt(ago),
        error: to === 'failed' ? 'eviction refused' : null,
      }),
    ),
    {
      kind: 'wheel.taken' as const,
      seen: seenAt(3 * minute),
      wheel: { holder, since: seenAt(3 * minute), reason: 'night shift' },
      from: null,
    },
  ].reduce<Cluster>(fold, {
    ...cluster,
    history: ['docker', 'kubelet', 'etcd-healthz'].map((checker) =>
      event('probe.succeeded', 2 * minute, { node: second, checker }),
    ),
    runs: [
      aRun({ label: 'Step', action: 'operation.step', state: 'failed', finishedAt: seenAt(minute) }),
      aRun({ id: 'read', label: 'Update agents', action: 'agent.status', state: 'done' }),
    ],
    notes: [aNote({ at: seenAt(30_000) })],
  });
  const lines = (filter = '') => {
    const ui = uiOn('history');
    const lists = { ...ui.lists, history: { ...ui.lists.history, filter } };
    return textOf(frameRows(sceneOf(flown, { size: { columns: 120, rows: 36 } }), { ...ui, lists }));
  };
  const found = (text: RegExp) => lines().find((line) => text.test(line));

  test('tells which phase failed and why', () =>
    expect(found(/phase failed/)).toMatch(
      /× phase failed +master-2 +\/masters\/master-2\/drain: eviction refused/,
    ));
  test('tells that a phase began only while it is in progress', () =>
    expect(found(/phase started/)).toBeUndefined());
  test('tells who took control and why', () =>
    expect(found(/control/)).toMatch(/control +taken by bob@master-1: night shift/));
  test('tells runs that change something, and no others', () => {
    expect(found(/ run /)).toMatch(/run +Step .*failed/);
    expect(found(/Update agents/)).toBeUndefined();
  });
  test('tells notes', () => expect(found(/ note /)).toContain('the budget is theirs'));
  test('has the probes of a node that came back in one second on one line', () =>
    expect(lines().filter((line) => line.includes('Probe Succeeded'))).toEqual([
      expect.stringMatching(/master-2 +docker, kubelet, etcd-healthz/),
    ]));
  test('is filtered like all of it', () => {
    const text = lines('failed').join('\n');
    expect(text).toContain('phase failed');
    expect(text).not.toContain('Probe Succeeded');
  });
  test('tells a phase that failed on its node only, once', () => {
    const observed = {
      kind: 'phase.observed' as const,
      seen: seenAt(1000),
      operation: flown.plan?.operation.id ?? null,
      phase: drain,
      observed: {
        state: 'failed' as const,
        since: seenAt(1000),
        from: 'run' as const,
        run: 'run-1',
        way: 'execute' as const,
        node: 'master-2',
        error: 'eviction refused',
      },
    };
    const failures = fold(flown, observed).changes.filter(({ to }) => to === 'failed');
    expect(failures).toHaveLength(1);
  });
});

test('what a phase explains is not red, what nothing explains is', () => {
  const running = clusterOf(recordedPlan('in-progress-3m2w'));
  const rows = ['master-2', 'worker-1'].map((node) => {
    const silent = { ...event('node.silent', 3000, { node }), parts: [event('node.silent', 3000, { node })] };
    const passages = { '/masters/master-2/system-upgrade': { ...seen(minute, 0), ended: null } };
    return historyRow(silent, sceneOf({ ...running, passages }), uiOn('history'));
  });
  const [expected, unexpected] = rows.map((row) => row.map(({ role }) => role));
  expect(expected).not.toContain('bad');
  expect(unexpected).toContain('bad');
});

test('plain lines say what happened once, without the word of the mark', () => {
  const said = (kind: HistoryEvent['kind']) =>
    plainText(
      historyItems(sceneOf(clusterOf(plan, { history: [event(kind, minute, { node: null })] })), '').map(
        (one) => historyRow(one, sceneOf(cluster), uiOn('history')),
      ),
    );
  expect(said('node.healthy')).toMatch(/\d {2}Node Healthy$/);
  expect(said('node.silent')).toMatch(/\d {2}no answer$/);
  expect(said('leader.elected')).toMatch(/\d {2}Leader Elected/);
});
