import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import type { Scene } from '../../src/console/scene.ts';
import { overviewText } from '../../src/console/view/overview.ts';
import type { Timing } from '../../src/model/estimate/timing.ts';
import { fold } from '../../src/model/fold.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const upgrade = '/masters/master-2/system-upgrade';
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

function ran(phase: string, began: number, ended: number): Event[] {
  return [
    changed(phase, ['unstarted', 'in_progress'], began),
    changed(phase, ['in_progress', 'completed'], ended),
  ];
}

/** The second master's upgrade runs for `ms`, after its drain; the first one's took 5m48s. */
function upgrading(ms: number, part: Partial<Cluster> = {}): Cluster {
  const events = [
    ...ran('/masters/master-1/system-upgrade', ms + 20 * minute, ms + 20 * minute - 348_000),
    ...ran('/masters/master-2/drain', ms + 62_000, ms),
    changed(upgrade, ['unstarted', 'in_progress'], ms),
  ];
  return { ...events.reduce(fold, clusterOf(recordedPlan('midway-3m2w'))), ...part };
}

const resume = aRun({
  action: 'operation.resume',
  steps: [{ program: 'gravity', path: null, argv: ['plan', 'resume', '--block'], phase: null }],
});

/** What is known of time, as an estimate might say it. */
const known = {
  p50: 348_000,
  p90: 430_000,
  from: 'siblings' as const,
  seen: [
    {
      operation: null,
      phase: '/masters/master-1/system-upgrade',
      kind: 'update_system',
      role: 'master' as const,
      step: null,
      node: 'master-1',
      ms: 348_000,
    },
  ],
};

function timed(part: Partial<Timing> = {}, scene: Partial<Scene> = {}, cluster = upgrading(190_000)): Scene {
  const { timing: estimate } = sceneOf(cluster);
  const timing: Timing = {
    ...estimate,
    leaf: (id) => (id === upgrade ? known : estimate.leaf(id)),
    left: (id) => (id === upgrade ? 158_000 : estimate.left(id)),
    isLate: () => false,
    end: { low: 41 * minute, mid: 49 * minute, high: 57 * minute },
    why: null,
    ...part,
  };
  return sceneOf(cluster, { timing, ...scene });
}

const shown = (scene: Scene, ui = uiOn('plan')) => textOf(frameRows(scene, ui));
const wide = { size: { columns: 120, rows: 36 } };

describe('the line above the plan says how far the leaf that runs is, and when all is done', () => {
  test('at 120 columns in words', () => {
    const [, , , line] = shown(timed({}, wide));
    expect(line).toMatch(
      /2\d\/86 leaves {3}→ \/masters\/master-2\/system-upgrade 3m10s of ~5m48s {3}done about 10:52 ± 8m$/,
    );
  });
  test('at 80 columns in as few as there is room for', () => {
    const [, , , line] = shown(timed());
    expect(line).toMatch(/^ 2\d\/86 {3}→ \S+master-2\/system-upgrade 3m10s of ~5m48s {3}done ~10:52 ±8m$/);
  });
  test('at 160 columns in whole words', () => {
    const line = shown(timed({}, { size: { columns: 160, rows: 36 } }))[3];
    expect(line).toContain('→ running /masters/master-2/system-upgrade 3m10s of about 5m48s   done about');
  });
  test('as a range where one side of the spread is clearly longer', () => {
    const end = { low: 45 * minute, mid: 49 * minute, high: 60 * minute };
    expect(shown(timed({ end }, { size: { columns: 160, rows: 36 } }))[3]).toContain(
      'done about 10:52 (10:48 to 11:03)',
    );
    expect(shown(timed({ end }))[3]).toContain('done 10:48 to 11:03');
  });
  test('as lengths where times are relative', () => {
    const line = shown(timed({}, wide), uiOn('plan', { time: 'relative' }))[3];
    expect(line).toContain('done in about 49m (41m to 57m)');
  });
  test('with the day where that is another', () => {
    const end = { low: 20 * 60 * minute, mid: 20 * 60 * minute, high: 20 * 60 * minute };
    expect(shown(timed({ end }, wide))[3]).toContain('done about 11-23 06:03');
  });
  test('in ASCII too', () => {
    const look = { ascii: true, colour: false };
    expect(shown(timed({}, { ...wide, look }))[3]).toContain('done about 10:52 +- 8m');
  });
  test('as what is left, where nothing runs', () => {
    const idle = clusterOf(recordedPlan('failed-3m2w'));
    expect(shown(timed({}, wide, idle))[3]).toContain('if resumed now: about 49m left (41m to 57m)');
    expect(shown(timed({}, {}, idle))[3]).toContain('~49m left');
  });
  test('as what is left, where a run goes no further than one phase', () => {
    const step = aRun({
      steps: [{ program: 'gravity', path: null, argv: ['plan', 'execute'], phase: upgrade }],
    });
    const line = shown(timed({}, wide, upgrading(190_000, { runs: [step] })))[3];
    expect(line).toContain('about 49m left (41m to 57m)');
  });
  test('as no end at all while it is rolled back', () => {
    const back = aRun({
      steps: [{ program: 'gravity', path: null, argv: ['plan', 'rollback'], phase: upgrade }],
    });
    const line = shown(timed({}, wide, upgrading(190_000, { runs: [back] })))[3];
    expect(line).toContain('rolling back: no estimate');
  });
  test('and why not, where no end can be said', () => {
    const line = shown(timed({ end: null, why: 'nothing is known of this plan' }, wide))[3];
    expect(line).toContain('no estimate: nothing is known of this plan');
  });
  test('never as a percentage', () => {
    for (const scene of [timed(), timed({}, wide)]) expect(shown(scene).join('\n')).not.toContain('%');
  });
});

describe('the columns of the tree', () => {
  test('have what each phase took and what is left of it', () => {
    const rows = shown(timed()).join('\n');
    expect(rows).toMatch(/leaves +changed +took +left/);
    expect(rows).toMatch(/→ system-upgrade +\d\d:\d\d +3m10s +~2m38s/);
    expect(rows).toMatch(/· elect +~\d+s/);
    expect(rows).toMatch(/· nodes ▸ +0\/14 +~\d+m/);
  });
  test('have nothing left of what is completed', () => {
    expect(shown(timed()).join('\n')).toMatch(/✓ drain +\d\d:\d\d +1m02s$/m);
  });
  test('say of a leaf past its estimate that it is due, not that nothing is left', () => {
    const over = { ...known, p50: 180_000 };
    expect(shown(timed({ leaf: () => over, left: () => 0 })).join('\n')).toMatch(
      /→ system-upgrade .* 3m10s +due$/m,
    );
  });
  test('say of a leaf within its estimate what the line above says, whatever the forecast of the end', () => {
    const rows = shown(timed({ left: () => 200_000 })).join('\n');
    expect(rows).toContain('3m10s of ~5m48s');
    expect(rows).toMatch(/→ system-upgrade .* 3m10s +~2m38s$/m);
  });
  test('leave what is left out where the list is narrow', () => {
    const narrow = { size: { columns: 66, rows: 24 } };
    expect(shown(timed({}, narrow)).join('\n')).not.toMatch(/~\d+m$/m);
  });
});

test('a plan that is done says when, and how long that is after the operation began', () => {
  const recorded = recordedPlan('completed-3m2w');
  const ended = Math.max(...recorded.phases.map(({ updated }) => Date.parse(updated ?? '') || 0));
  const created = new Date(ended - 89 * minute).toISOString();
  const done = (plan: typeof recorded, columns: number) =>
    shown(sceneOf(clusterOf(plan), { size: { columns, rows: 30 } }))[3];
  const plan = { ...recorded, operation: { ...recorded.operation, created } };
  const at = new Date(ended).toISOString().slice(11, 16);
  expect(done(plan, 120)).toContain(`all phases completed at ${at}, 1h29m after the operation began`);
  expect(done(plan, 60)).toContain('all phases completed');
  expect(done({ ...plan, operation: { ...plan.operation, created: null } }, 120)).toMatch(
    new RegExp(`all phases completed at ${at}$`),
  );
});

describe('a leaf past its p90', () => {
  const late = timed({ isLate: (id) => id === upgrade }, wide, upgrading(12 * minute, { runs: [resume] }));
  test('is marked without any colour, in the tree, above it and in words beside it', () => {
    const rows = shown(late);
    expect(rows[3]).toContain('12m00s! of ~5m48s');
    const wider = { ...late, size: { columns: 200, rows: 50 } };
    expect(shown(wider)[3]).toContain('12m00s! past its usual 7m10s');
    expect(rows.join('\n')).toMatch(/→ system-upgrade .*12m00s!/);
    expect(rows.join('\n')).toContain('! past its usual 7m10s');
  });
  test('is as late where nobody is seen running it', () => {
    const alone = timed({ isLate: (id) => id === upgrade }, wide, upgrading(12 * minute));
    expect(shown(alone)[3]).toContain('no known runner: /masters/master-2/system-upgrade 12m00s!');
  });
  test('is amber', () => {
    const cells = frameRows(late, uiOn('plan')).flat();
    expect(cells.filter(({ text }) => text.includes('12m00s')).map(({ role }) => role)).toContain('warn');
  });
});

describe('the details of a phase say how long it should take and where that is known from', () => {
  const detail = (timing: Partial<Timing>, selected: string | null = null) => {
    const { lists } = uiOn('plan');
    return shown(
      timed(timing, wide),
      uiOn('plan', { lists: { ...lists, plan: { ...lists.plan, selected } } }),
    ).join('\n');
  };
  test('a sibling by its name', () => {
    expect(detail({})).toContain('running 3m10s of about 5m48s   attempt 1');
    expect(detail({})).toContain('master-1 took 5m48s');
  });
  test('several as a spread', () => {
    const seen = [...known.seen, ...known.seen, { ...known.seen[0], ms: 400_000 }] as typeof known.seen;
    expect(detail({ leaf: () => ({ ...known, seen }) })).toContain('3 like it took 5m48s to 6m40s');
  });
  test('earlier operations', () => {
    expect(detail({ leaf: () => ({ ...known, from: 'earlier' }) })).toContain(
      'from earlier operations: master-1 took 5m48s',
    );
  });
  test('a default as what it is', () => {
    expect(detail({ leaf: () => ({ ...known, from: 'defaults', seen: [] }) })).toMatch(
      /default estimate \(no data/,
    );
  });
  test('of a leaf that has not begun what it usually takes', () => {
    expect(detail({ leaf: () => known }, '/masters/master-2/elect')).toMatch(
      /usually +5m48s, nine of ten within 7m10s/,
    );
  });
  test('of a group what is left', () => {
    expect(detail({}, '/nodes')).toMatch(/left +about \d+m/);
  });
});

test('a leaf in progress that nobody saw begin is as old as gravity says', () => {
  const cluster = clusterOf(recordedPlan('in-progress-3m2w'), { runs: [resume] });
  expect(shown(sceneOf(cluster))[3]).toMatch(/system-upgrade \d+s of/);
});

describe('while nothing changes but the clock', () => {
  const before = timed({}, wide, upgrading(190_000, { runs: [resume] }));
  const later = (ms: number) => {
    const timing = {
      ...before.timing,
      left: (id: string) => {
        const left = before.timing.left(id);
        return left === null || !upgrade.startsWith(id) ? left : left - ms;
      },
      end: { low: 41 * minute - ms, mid: 49 * minute - ms, high: 57 * minute - ms },
    };
    return { ...before, now: now + ms, timing, connection: { ...before.connection, heard: now + ms } };
  };
  const differing = (one: readonly string[], other: readonly string[]) =>
    one.flatMap((line, index) => (line === other[index] ? [] : [index]));
  for (const mode of ['utc', 'relative'] as const)
    for (const size of [{ columns: 80, rows: 24 }, wide.size])
      test(`nothing else is drawn each second, at ${size.columns} columns, times ${mode}`, () => {
        const ui = uiOn('plan', { time: mode });
        const frames = Array.from({ length: 61 }, (_, at) => shown({ ...later(at * 1000), size }, ui));
        const [first = [], ...others] = frames;
        const leaf = first.findIndex((line) => /→ system-upgrade/.test(line));
        const detail = first.findIndex((line) => /→ running 3m10s/.test(line));
        const drawn = others.map((frame, at) => differing(frames[at] ?? [], frame));
        const known = [0, 1, 3, leaf, detail];
        // Lines told to the minute are drawn once in it.
        const quiet = drawn.filter((rows) => rows.every((row) => known.includes(row)));
        expect(quiet.length).toBeGreaterThan(50);
      });
  for (const size of [{ columns: 80, rows: 24 }, wide.size])
    test(`nor of the Gantt at ${size.columns} columns, but when now gets to the next cell`, () => {
      const ui = uiOn('plan', { gantt: true });
      const frames = Array.from({ length: 61 }, (_, at) => shown({ ...later(at * 1000), size }, ui));
      const [first = [], ...others] = frames;
      const leaf = first.findIndex((line) => /→ system-upgrade/.test(line));
      const drawn = others.map((frame, at) => differing(frames[at] ?? [], frame));
      const quiet = drawn.filter((rows) => rows.every((row) => [0, 1, 3, 4, leaf].includes(row)));
      expect(quiet.length).toBeGreaterThan(50);
    });
});

test('the overview has the end below the operation', () => {
  const rows = textOf(overviewText(timed({}, wide), uiOn('overview'))).join('\n');
  expect(rows).toMatch(/leaves +→ .*system-upgrade\n +done about 10:52 ± 8m/);
});
