import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { screenText } from '../../screens/screen-text.ts';
import { width } from '../../src/console/cells.ts';
import type { Key } from '../../src/console/keys/key.ts';
import type { Scene } from '../../src/console/scene.ts';
import type { Ui } from '../../src/console/ui.ts';
import { update } from '../../src/console/update/update.ts';
import { fold } from '../../src/model/fold.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { HistoryEvent } from '../../src/protocol/history.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const minute = 60_000;
const iso = (ago: number) => new Date(now - ago).toISOString();

function changed(phase: string, [from, to]: readonly [PhaseState, PhaseState], ago: number): Event {
  return {
    kind: 'phase.changed',
    operation: null,
    seen: iso(ago),
    phase,
    from,
    to,
    at: iso(ago),
    error: null,
  };
}

/** A leaf that ran from so many minutes ago to so many, and came to this. */
function ran(
  phase: string,
  [began, ended]: readonly [number, number],
  to: PhaseState = 'completed',
): Event[] {
  return [
    changed(phase, ['unstarted', 'in_progress'], began * minute),
    changed(phase, ['in_progress', to], ended * minute),
  ];
}

function told(
  kind: HistoryEvent['kind'],
  ago: number,
  node: string,
  checker: string | null = null,
): HistoryEvent {
  return { at: iso(ago * minute), kind, node, checker, from: null, to: null, text: '' };
}

const upgrade = '/masters/master-1/system-upgrade';
const [first, second] = ['192_168_1_11.demo', '192_168_1_12.demo'];
const resume = aRun({
  action: 'operation.resume',
  steps: [{ program: 'gravity', path: null, argv: ['plan', 'resume', '--block'], phase: null }],
});

/** Begun 40 minutes ago; the first master's system has been upgraded for ten; both its probes and another's failed. */
const running: Cluster = [
  ...ran('/init/master-1', [40, 38]),
  changed('/checks', ['unstarted', 'completed'], 35 * minute),
  ...ran('/masters/master-1/drain', [20, 10]),
  changed(upgrade, ['unstarted', 'in_progress'], 10 * minute),
].reduce(
  fold,
  clusterOf(recordedPlan('fresh-3m2w'), {
    runs: [resume],
    history: [
      told('node.healthy', 45, first),
      told('node.healthy', 45, second),
      told('probe.failed', 8, first, 'kubelet'),
      told('node.degraded', 8, first),
      told('probe.failed', 8, second, 'kubelet'),
      told('node.degraded', 8, second),
    ],
  }),
);

/** Twenty minutes more, ten to forty, and nothing late. */
function sceneAt(cluster: Cluster, part: Partial<Scene> = {}): Scene {
  const scene = sceneOf(cluster, part);
  const left = (id: string) => (upgrade.startsWith(id) ? 5 * minute : scene.timing.left(id));
  const end = { low: 10 * minute, mid: 20 * minute, high: 40 * minute };
  return { ...scene, timing: { ...scene.timing, left, isLate: () => false, end } };
}

const gantt = uiOn('plan', { gantt: true });
const shown = (scene: Scene, ui = gantt) => textOf(frameRows(scene, ui));
const line = (rows: readonly string[], name: RegExp) => rows.find((row) => name.test(row)) ?? '';
const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 200, rows: 50 },
  { columns: 40, rows: 10 },
  { columns: 60, rows: 8 },
];

describe('the plan with time from left to right', () => {
  for (const size of sizes)
    for (const ascii of [false, true])
      test(`fills ${size.columns}x${size.rows} exactly${ascii ? ', in ASCII alone' : ''}`, () => {
        const rows = shown(sceneAt(running, { size, look: { ascii, colour: false } }));
        expect(rows).toHaveLength(size.rows);
        for (const row of rows) expect(width(row)).toBeLessThanOrEqual(size.columns);
        if (ascii) expect(rows.slice(3).join('\n')).toMatch(/^[\n\x20-\x7e]*$/);
      });

  test('has round times above, now marked among them', () => {
    const axis = line(shown(sceneAt(running, { size: { columns: 120, rows: 36 } })), /▼now/);
    expect(axis).toMatch(/09:30 +.*▼now.*10:30/);
  });
  test('draws what ran, what runs up to now, and lighter what is to come', () => {
    const rows = shown(sceneAt(running, { size: { columns: 108, rows: 36 } }));
    const at = line(rows, /▼now/).indexOf('▼');
    const bar = line(rows, /→ system-upgrade/);
    expect(bar.slice(0, at + 1)).toMatch(/ ━+$/);
    expect(bar.slice(at + 1)).toMatch(/^╌+$/);
    expect(line(rows, /✓ drain/)).toMatch(/drain +━+ *│$/);
    expect(line(rows, /· elect/)).toMatch(/elect +│ *╌+$/);
  });
  test('draws a time whose beginning nobody saw as a point', () => {
    expect(line(shown(sceneAt(running)), /✓ checks/)).toMatch(/checks +• +│$/);
  });
  test('draws a group as what ran in it, with the gaps in which nothing did', () => {
    const rows = shown(sceneAt(running, { size: { columns: 120, rows: 36 } }));
    expect(line(rows, /whole upgrade|upgrade \d+-\d+ of/)).toMatch(/━+ +• +━+/);
  });
  test('shows the spread of the end, and in it the middle', () => {
    expect(line(shown(sceneAt(running)), /whole upgrade|upgrade \d+-\d+ of/)).toMatch(/━╌+░+◆░+$/);
  });
  test('gives a long spread no more room than twice what is likely, and says that it goes on', () => {
    const scene = sceneAt(running);
    const timing = { ...scene.timing, end: { low: 10 * minute, mid: 20 * minute, high: 300 * minute } };
    expect(line(shown({ ...scene, timing }), /whole upgrade|upgrade \d+-\d+ of/)).toMatch(/━╌+░+◆░+…$/);
  });
  test('marks a failure and a rollback where they ended', () => {
    const events = [
      ...ran('/checks', [30, 25], 'failed'),
      ...ran('/pre-update', [20, 10]),
      changed('/pre-update', ['completed', 'rolled_back'], 5 * minute),
    ];
    const rows = shown(sceneAt(events.reduce(fold, clusterOf(recordedPlan('fresh-3m2w')))));
    expect(line(rows, /× checks/)).toMatch(/checks +━+×/);
    expect(line(rows, /↩ pre-update/)).toMatch(/pre-update +↩/);
  });
  test('marks a leaf past its p90 without any colour', () => {
    const scene = sceneAt(running);
    const timing = { ...scene.timing, isLate: (id: string) => id === upgrade };
    expect(line(shown({ ...scene, timing }), /→ system-upgrade/)).toMatch(/━+!/);
  });
  test('says that what is to come is only supposed, where nobody goes on', () => {
    const idle = sceneAt(clusterOf(recordedPlan('failed-3m2w')));
    expect(shown(idle).join('\n')).toContain('if resumed now:');
    expect(shown(sceneAt(running)).join('\n')).not.toMatch(/^ if resumed now/m);
  });
  test('draws nothing ahead while the plan is rolled back', () => {
    const back = { ...resume, steps: [{ ...resume.steps[0], argv: ['rollback'] }] } as typeof resume;
    const rows = shown(sceneAt({ ...running, runs: [back] }));
    expect(rows.join('\n')).not.toMatch(/╌|░+◆/);
  });
  test('ends with the operation, when that is over', () => {
    const over = clusterOf(recordedPlan('completed-3m2w'));
    const later = { now: now + 24 * 60 * minute };
    const rows = shown(sceneOf(over, later)).join('\n');
    expect(rows).toContain('all phases completed');
    expect(rows).not.toContain('▼');
    expect(rows).toMatch(/✓ bootstrap ▸ +•/);
  });
  test('keeps the past from making everything too small, and says that there was more', () => {
    const stalled = { ...running, runs: [] };
    const rows = shown(sceneAt(stalled, { now: now + 3 * 24 * 60 * minute }));
    expect(line(rows, /✓ checks/)).toMatch(/checks +◂/);
  });
  test('has the numbers of the selected phase above, and on wide screens of all', () => {
    const rows = shown(sceneAt(running, { size: { columns: 120, rows: 36 } }));
    expect(rows[4]).toMatch(/\/masters\/master-1\/system-upgrade {3}→ running 10m00s.* since 09:53:00/);
    expect(line(rows, /✓ drain/)).toMatch(/10m00s$/);
    expect(line(rows, /· nodes/)).toMatch(/~\d+m$/);
  });
  test('says when a phase is expected to begin, while somebody goes on', () => {
    const { lists } = gantt;
    const ui = { ...gantt, lists: { ...lists, plan: { ...lists.plan, selected: '/etcd' } } };
    expect(shown(sceneAt(running), ui)[4]).toMatch(/\/etcd .*begins about 10:\d\d/);
    expect(shown(sceneAt({ ...running, runs: [] }, { now: now + 60 * minute }), ui)[4]).not.toContain(
      'begins',
    );
  });
  test('is no percentage', () => {
    expect(shown(sceneAt(running)).join('\n')).not.toContain('%');
  });
});

describe('below on the same axis are the nodes', () => {
  const rows = shown(sceneAt(running, { size: { columns: 120, rows: 36 } }));
  const node = (name: string) => line(rows, new RegExp(`^ ${name} `));
  test('as they were until now, and not a cell further', () => {
    const at = line(rows, /▼now/).indexOf('▼');
    expect(node('master-2')).toHaveLength(at + 1);
  });
  test('trouble that a leaf was bound to cause told apart from trouble that none was', () => {
    expect(node('master-1')).toMatch(/▁+░+/);
    expect(node('master-2')).toMatch(/▁+▆+/);
  });
  test('with what the cells mean', () => {
    expect(rows.join('\n')).toMatch(/nodes {2}█ offline {2}▆ degraded {2}▄ probe failed {2}░ expected/);
  });
  test('as many as there is room for, said how many of all', () => {
    const narrow = shown(sceneAt(running));
    expect(narrow.join('\n')).toMatch(/nodes 4\/5 {2}█ offline/);
    const legend = narrow.findIndex((row) => /nodes 4\/5/.test(row));
    expect(narrow.slice(legend + 1, legend + 3).join('\n')).toMatch(/master-\d/);
  });
});

describe('v draws the same list another way', () => {
  const scene = sceneAt(running);
  const pressed = (ui: Ui, ...keys: Key[]) => keys.reduce((at, key) => update(at, scene, key).ui, ui);
  test('with the cursor where it was, and back', () => {
    const tree = pressed(uiOn('plan'), 'j', 'j');
    const drawn = pressed(tree, 'v');
    expect(drawn).toMatchObject({ gantt: true, lists: { plan: { selected: tree.lists.plan.selected } } });
    expect(pressed(drawn, 'v')).toMatchObject({ gantt: false });
    expect(pressed(drawn, 'esc')).toMatchObject({ gantt: false });
    expect(pressed(drawn, 'q')).toMatchObject({ gantt: false });
  });
  test('folds and moves the same', () => {
    const open = pressed(gantt, 'home', 'enter', 'j');
    expect(open.folds).toEqual({ '/init': true });
    expect(line(shown(scene, open), /▌/)).toMatch(/▌ {2}✓ master-1/);
  });
  test('the cursor stays on the screen, however short the list', () => {
    const size = { columns: 80, rows: 24 };
    const small = { ...scene, size };
    const down = ['G'].reduce((at, key) => update(at, small, key).ui, gantt);
    expect(line(shown(small, down), /▌/)).toMatch(/▌·/);
  });
  test('Enter on a leaf shows its details, Esc leads back', () => {
    const inside = pressed(gantt, 'enter');
    expect(shown(scene, inside).join('\n')).toContain('Update system software on node');
    expect(pressed(inside, 'esc')).toMatchObject({ gantt: true, lists: { plan: { detail: false } } });
  });
  test('plain lines say the tree', () => {
    expect(screenText(scene, { ...gantt, linear: true })).toMatch(/running system-upgrade/);
  });
});
