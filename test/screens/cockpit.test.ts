import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { width } from '../../src/console/cells.ts';
import { changes } from '../../src/console/linear/changes.ts';
import type { Ui } from '../../src/console/ui.ts';
import { update } from '../../src/console/update/update.ts';
import { exitSummary } from '../../src/console/view/exit-summary.ts';
import type { Cluster, Passage } from '../../src/protocol/cluster.ts';
import { aBreakpoint, aNote, anAutopilot } from '../console/a-cockpit.ts';
import { clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const plan = recordedPlan('failed-3m2w');
const drain = '/masters/master-2/drain';
const narrow = { columns: 80, rows: 24 };
const wide = { columns: 120, rows: 36 };

function rowsOf(part: Partial<Cluster>, size = narrow, ui = uiOn('plan')): string[] {
  return textOf(frameRows(sceneOf(clusterOf(plan, part), { size }), ui));
}

/** The plan with its cursor on a phase. */
function pressedOn(selected: string): Partial<Ui> {
  const { lists } = uiOn('plan');
  return { lists: { ...lists, plan: { ...lists.plan, selected } } };
}

function textIn(part: Partial<Cluster>, size = narrow, ui = uiOn('plan')): string {
  return rowsOf(part, size, ui).join('\n');
}

function passageBy(by: string | null | undefined): Record<string, Passage> {
  const at = new Date(now - 5000).toISOString();
  return { [drain]: { attempts: 1, began: at, ended: at, changed: at, ...(by !== undefined && { by }) } };
}

const operations = [
  {
    id: plan.operation.id ?? '',
    type: 'operation_update',
    state: 'update_in_progress',
    description: '',
    created: null,
    progress: null,
  },
];

/** Everything that can be set at once, on the widest and the narrowest rows. */
const crowded: Partial<Cluster> = {
  breakpoints: [aBreakpoint({ phase: drain }), aBreakpoint({ phase: '/etcd' })],
  notes: [aNote(), aNote({ text: 'asked the team' })],
  passages: passageBy(null),
  autopilot: anAutopilot({
    state: 'paused',
    hold: 'failure',
    sentence: `${drain} failed: ${'why '.repeat(40)}`,
  }),
};

describe('what is set on the plan', () => {
  for (const size of [narrow, wide, { columns: 200, rows: 50 }, { columns: 40, rows: 10 }])
    test(`fits ${size.columns}x${size.rows}`, () => {
      for (const screen of ['plan', 'operations', 'overview', 'runs'] as const) {
        const rows = rowsOf(crowded, size, uiOn(screen));
        expect(rows).toHaveLength(size.rows);
        for (const row of rows) expect(width(row)).toBeLessThanOrEqual(size.columns);
      }
    });

  test('a breakpoint stands behind the name of its phase, with who set it in the details', () => {
    const breakpoints = [aBreakpoint({ phase: '/nodes' })];
    expect(textIn({ breakpoints })).toMatch(/· nodes ▸ {2}‖ breakpoint +0\/14/);
    const on = uiOn('plan');
    const ui = { ...on, lists: { ...on.lists, plan: { ...on.lists.plan, selected: '/nodes' } } };
    expect(textIn({ breakpoints }, wide, ui)).toMatch(/the autopilot stops[\s\S]*ann@master-1/);
  });

  test('one inside a closed group is seen at the group', () => {
    expect(textIn({ breakpoints: [aBreakpoint({ phase: '/nodes/worker-1/drain' })] })).toMatch(
      /nodes ▸ {2}‖ breakpoint in it/,
    );
  });

  test('without colour and Unicode the marks are letters, and words where there is room', () => {
    const look = { ascii: true, colour: false };
    const scene = sceneOf(
      clusterOf(plan, { breakpoints: [aBreakpoint({ phase: '/nodes' })], notes: [aNote()] }),
      {
        look,
      },
    );
    const text = textOf(frameRows(scene, uiOn('plan'))).join('\n');
    expect(text).toMatch(/nodes \[\+\] {2}= breakpoint/);
    expect(text).toMatch(/drain {2}" note/);
  });

  test('those of no phase are listed with the operation', () => {
    const breakpoints = [
      aBreakpoint({ id: 'after-each-master', on: 'after-each-master' }),
      aBreakpoint({ id: 'probe:60', on: 'probe', seconds: 60 }),
    ];
    const text = textIn({ breakpoints, operations }, wide, uiOn('operations'));
    expect(text).toMatch(/‖ after each master, set by/);
    expect(text).toContain('when a probe fails unexpectedly');
  });
});

describe('notes', () => {
  test('mark their phase, and are told newest last with who and when', () => {
    const notes = [aNote(), aNote({ text: 'asked the team', at: new Date(now - 60_000).toISOString() })];
    expect(textIn({ notes })).toMatch(/× drain {2}¶ 2 notes/);
    expect(textIn({ notes }, wide)).toMatch(
      /09:53:00Z ann@master-1: the budget is theirs[\s\S]*10:02:00Z ann@master-1: asked the team/,
    );
  });
});

describe('whose doing a change was', () => {
  test('another shell’s is marked in the tree and said in the details', () => {
    expect(textIn({ passages: passageBy(null) })).toMatch(/× drain {2}@/);
    expect(textIn({ passages: passageBy(null) }, wide)).toContain(
      'not from here: another shell or gravity itself',
    );
  });
  test('ours, and what nobody saw, are not', () => {
    for (const by of ['run-1', undefined])
      expect(textIn({ passages: passageBy(by) }, wide)).not.toMatch(/drain {2}@|another shell/);
  });
  test('is said when it is in progress, in words', () => {
    const running = recordedPlan('in-progress-3m2w');
    const leaf =
      running.phases.find(({ leaf: isLeaf, state }) => isLeaf && state === 'in_progress')?.id ?? '';
    const at = new Date(now - 5000).toISOString();
    const passages = { [leaf]: { attempts: 1, began: at, ended: null, changed: at, by: null } };
    const text = textOf(frameRows(sceneOf(clusterOf(running, { passages })), uiOn('plan'))).join('\n');
    expect(text).toContain('@ not from here');
  });
});

describe('what became different since the operation began', () => {
  const at = new Date(now - 3_600_000).toISOString();
  const node = (failed: readonly string[], etcd: string) => ({
    name: 'master-1',
    ip: '192.168.1.11',
    role: 'master',
    member: 'alive' as const,
    state: failed.length > 0 ? ('degraded' as const) : ('healthy' as const),
    probes: [
      ...failed.map((checker) => ({
        checker,
        state: 'failed' as const,
        severity: 'critical' as const,
        text: '',
      })),
      { checker: 'etcd-version', state: 'running' as const, severity: null, text: etcd },
    ],
  });
  const iso = new Date(now - 3000).toISOString();
  const health = { state: 'degraded' as const, at: iso, servedAt: iso, summary: null };
  const baseline = {
    operation: plan.operation.id,
    at,
    begun: false,
    nodes: [{ name: 'master-1', state: 'healthy' as const, failed: [], versions: {} }],
  };
  const part = { baseline, health: { ...health, nodes: [node(['docker'], '')] } };

  test('is told with the node', () => {
    const ui = uiOn('nodes');
    const lists = { ...ui.lists, nodes: { ...ui.lists.nodes, selected: '192.168.1.11' } };
    const text = textIn(part, wide, { ...ui, lists });
    expect(text).toContain('since the operation began (09:03:00Z)');
    expect(text).toContain('docker fails, it did not before');
  });
  test('is summed up with the operation', () => {
    const said = textIn({ ...part, operations }, { columns: 160, rows: 40 }, uiOn('operations'));
    expect(said).toContain('1 probe fails that did not before');
  });
  test('seen only after leaves had run is said to be so', () => {
    const late = { ...part, baseline: { ...baseline, begun: true } };
    expect(textIn(late, { columns: 200, rows: 50 }, uiOn('nodes'))).toContain(
      'since it was first seen (09:03:00Z)',
    );
  });
});

describe('the autopilot', () => {
  const held = anAutopilot({
    state: 'paused',
    hold: 'breakpoint',
    breakpoint: 'before-etcd',
    sentence: 'etcd is next',
  });

  test('says in the plan what it does', () => {
    expect(textIn({ autopilot: anAutopilot() })).toContain(`→ autopilot: executes ${drain}`);
  });
  test('that holds says so in capitals, where, why, and how it goes on', () => {
    const line = rowsOf({ autopilot: held }).find((row) => row.includes('PAUSED at'));
    expect(line).toContain('‖ AUTOPILOT PAUSED at before-etcd: etcd is next');
    expect(line).toMatch(/a Let the autopilot go on$/);
  });
  for (const size of [narrow, wide, { columns: 200, rows: 50 }])
    test(`leaves the columns of the tree their names at ${size.columns}x${size.rows}`, () => {
      const selected = uiOn('plan', pressedOn('/etcd'));
      const rows = rowsOf({ autopilot: held }, size, selected);
      const at = rows.findIndex((row) => row.includes('AUTOPILOT PAUSED at'));
      expect(rows[at + 1]).toMatch(/leaves +(changed +)?took/);
      expect(rows).toHaveLength(size.rows);
    });
  test('does not push the last phase off the screen', () => {
    const scene = sceneOf(clusterOf(plan, { autopilot: held }), { size: narrow });
    const ui = update(uiOn('plan'), scene, 'G').ui;
    expect(textOf(frameRows(scene, ui)).some((row) => row.startsWith('▌'))).toBe(true);
  });
  test('is named at every width', () => {
    for (const columns of [80, 100, 120, 200]) {
      const [first = ''] = rowsOf({ autopilot: anAutopilot() }, { columns, rows: 24 });
      expect(first).toMatch(/autopilot(, (armed )?by ann)?/);
    }
  });
  test('that gave the wheel back does not hide who took it', () => {
    const holder = { user: 'bob', from: null, tty: null, console: 'console-of-bob' };
    const wheel = { holder, since: null, reason: null };
    expect(rowsOf({ autopilot: held, wheel })[0]).toContain('driver bob');
  });
  test('has the key that stops it first at the bottom, and only while there is one', () => {
    expect(rowsOf({ autopilot: held }).at(-1)).toMatch(/^ S stop the autopilot/);
    expect(rowsOf({}).at(-1)).not.toContain('autopilot');
    const ui = uiOn('plan', { notice: { text: 'Arm the autopilot done', tone: 'good' } });
    expect(rowsOf({ autopilot: held }, narrow, ui).at(-1)).toMatch(
      /^ S stop the autopilot .*Arm the autopilot done$/,
    );
  });
  test('is in the exit summary with the way to stop it', () => {
    const said = exitSummary(sceneOf(clusterOf(plan, { autopilot: anAutopilot() })), '--agent unix:/x');
    expect(said.join('\n')).toContain('goes on    autopilot, armed by ann@master-1');
    expect(said.join('\n')).toContain('to stop it: gravity-console do autopilot.stop --agent unix:/x');
  });
});

describe('in plain lines', () => {
  const before = sceneOf(clusterOf(plan));
  const later = (part: Partial<Cluster>) => sceneOf({ ...before.cluster, ...part });
  const rows: readonly [string, Partial<Cluster>, readonly string[]][] = [
    [
      'an autopilot that is armed',
      { autopilot: anAutopilot() },
      ['autopilot, armed by ann@master-1', `autopilot: executes ${drain}`],
    ],
    [
      'a breakpoint that is set',
      { breakpoints: [aBreakpoint({ phase: '/etcd' })] },
      ['breakpoint before /etcd, set by ann@master-1'],
    ],
    ['a note', { notes: [aNote()] }, [`note on ${drain} by ann@master-1: the budget is theirs`]],
  ];
  for (const [what, part, lines] of rows)
    test(`${what} is said`, () => expect(changes(before, later(part))).toEqual(lines));

  test('a hold is said once, and that it is off', () => {
    const armed = later({ autopilot: anAutopilot() });
    const held = later({
      autopilot: anAutopilot({ state: 'paused', hold: 'operator', sentence: 'ann paused it' }),
    });
    expect(changes(armed, held)).toEqual(['AUTOPILOT PAUSED: ann paused it']);
    expect(changes(held, later({ autopilot: held.cluster.autopilot, notes: [] }))).toEqual([]);
    expect(changes(held, before)).toEqual(['the autopilot is off']);
  });

  test('what another shell did is said to be its doing', () => {
    const phases = plan.phases.map((one) =>
      one.id === drain ? { ...one, state: 'completed' as const } : one,
    );
    const next = later({ plan: { ...plan, phases }, passages: passageBy(null) });
    expect(changes(before, next)).toEqual([
      `phase ${drain} completed, not from here: by another shell or gravity itself`,
    ]);
  });
});

test('a phase that another shell runs is said beside that nobody drives from here', () => {
  const running = recordedPlan('in-progress-3m2w');
  const [leaf] = running.phases.filter((phase) => phase.leaf && phase.state === 'in_progress');
  const at = new Date(now - 5000).toISOString();
  const passage = { attempts: 1, began: at, ended: null, changed: at };
  const header = (by: string | null) =>
    textOf(
      frameRows(
        sceneOf(clusterOf(running, { passages: { [leaf?.id ?? '']: { ...passage, by } } }), {
          size: { columns: 200, rows: 24 },
        }),
        uiOn('plan'),
      ),
    )[0];
  expect(header(null)).toContain('no driver here; another shell runs it');
  expect(header('run-1')).not.toContain('another shell');
});
