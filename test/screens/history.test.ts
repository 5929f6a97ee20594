import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { historyItems } from '../../src/console/history-items.ts';
import type { HistoryEvent } from '../../src/protocol/history.ts';
import { clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

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
