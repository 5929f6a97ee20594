import { describe, expect, test } from 'vitest';
import { timingOf } from '../../src/model/estimate/timing.ts';
import { fold } from '../../src/model/fold.ts';
import { phaseKind } from '../../src/model/phase-kinds.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { Phase } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import type { Run } from '../../src/protocol/run.ts';
import { aRun, clusterWith, recordedPlan, withStates } from '../actions/a-cluster.ts';
import { recordings } from '../recordings.ts';
import { at, leafEvents } from './leaf-events.ts';

const plan = recordedPlan('plans/fresh-3m2w.json');
const leaves = plan.phases.filter(({ leaf }) => leaf);
const { changed, began, ran } = leafEvents(plan);
const usual = ({ kind }: Phase): number => phaseKind(kind).p50;

const now = (seconds: number): number => Date.parse(at(seconds));
const clusterAfter = (events: readonly Event[], said: Partial<Cluster> = {}): Cluster =>
  events.reduce(fold, clusterWith(plan, said));

/** The first so many leaves run one after the other, each so many times its default; when the last one ended. */
function flown(count: number, times: (leaf: Phase) => number): { events: Event[]; seconds: number } {
  let seconds = 0;
  const events = leaves.slice(0, count).flatMap((leaf) => {
    const from = seconds;
    seconds += usual(leaf) * times(leaf);
    return ran(leaf.id, from, seconds);
  });
  return { events, seconds };
}

function endAfter(count: number, times: (leaf: Phase) => number) {
  const { events, seconds } = flown(count, times);
  const { end } = timingOf(clusterAfter(events), now(seconds));
  if (end === null) throw new Error('no end');
  const left = leaves.slice(count).reduce((sum, leaf) => sum + usual(leaf) * times(leaf), 0);
  return { ...end, actual: left * 1000 };
}

const leftOf = (cluster: Cluster, phase: string, seconds: number) =>
  (timingOf(cluster, now(seconds)).left(phase) ?? Number.NaN) / 1000;

describe('the end', () => {
  test.each([0.4, 1, 2.5])(
    'lies in the spread on a cluster on which all takes %d times its default',
    (factor) => {
      for (const count of [20, 45, 70]) {
        const { low, mid, high, actual } = endAfter(count, () => factor);
        expect(low).toBeLessThan(actual);
        expect(high).toBeGreaterThan(actual);
        expect(mid).toBeGreaterThan(low);
        expect(mid).toBeLessThan(high);
      }
    },
  );

  test('is told the closer the more kinds were seen', () => {
    const widths = [0, 20, 45, 70, 82].map((count) => {
      const { low, high } = endAfter(count, () => 2);
      return high - low;
    });
    expect(widths).toEqual(widths.toSorted((one, other) => other - one));
  });

  test('of what was seen of a kind all its leaves learn at once', () => {
    const { events, seconds } = flown(20, ({ kind }) => (kind === 'drain_node' ? 3 : 1));
    const left = leftOf(clusterAfter(events), '/nodes/worker-2/drain', seconds);
    expect(left).toBeGreaterThan(2 * phaseKind('drain_node').p50);
    expect(left).toBeLessThan(3.5 * phaseKind('drain_node').p50);
  });

  test('of a node that was slow so far, more is expected of what is left', () => {
    const { events, seconds } = flown(62, ({ node }) => (node === 'worker-1' ? 1.5 : 1));
    const cluster = clusterAfter(events);
    const [slow, other] = ['worker-1', 'worker-2'].map((node) => leftOf(cluster, `/gc/${node}`, seconds));
    expect(slow).toBeGreaterThan(1.15 * (other ?? Number.NaN));
  });

  test('one leaf that took ten times as long changes what its siblings are expected to take by little', () => {
    const stuck = '/masters/master-2/drain';
    const [plain, outlying] = [1, 10].map((times) => {
      const { events, seconds } = flown(45, ({ id }) => (id === stuck ? times : 1));
      return leftOf(clusterAfter(events), '/nodes/worker-2/drain', seconds);
    });
    expect(outlying).toBeLessThan(1.15 * (plain ?? Number.NaN));
  });

  test('is learned from earlier operations before anything ran', () => {
    const sample = {
      operation: 'before',
      phase: '/x',
      role: 'master',
      step: null,
      node: 'master-1',
    } as const;
    const earlier = [600, 620, 640].map((s) => ({ ...sample, kind: 'update_system', ms: s * 1000 }));
    const cluster = clusterWith(plan, { earlier });
    expect(leftOf(cluster, '/masters/master-1/system-upgrade', 0)).toBeCloseTo(620, -1);
    const spread = (of: Cluster) => {
      const { end } = timingOf(of, now(0));
      return (end?.high ?? Number.NaN) / (end?.low ?? Number.NaN);
    };
    expect(spread(cluster)).toBeLessThan(spread(clusterWith(plan)));
  });

  test('of what runs counts down and never runs out: what lasts long lasts', () => {
    const { events, seconds } = flown(30, () => 1);
    const [running] = leaves.slice(30);
    if (running === undefined) throw new Error('no leaf left');
    const cluster = clusterAfter([...events, began(running.id, seconds)], { runs: [resume] });
    const left = [0, 0.3, 0.6, 0.9].map((part) =>
      leftOf(cluster, running.id, seconds + part * usual(running)),
    );
    expect(left).toEqual(left.toSorted((one, other) => other - one));
    expect(leftOf(cluster, running.id, seconds + 3 * usual(running))).toBeGreaterThan(usual(running));
  });

  test('is the same for the same facts, worked out at once or on from the second before', () => {
    const { events, seconds } = flown(33, () => 1.4);
    const cluster = clusterAfter(events);
    const later = timingOf(cluster, now(seconds + 1));
    expect(timingOf(cluster, now(seconds + 1)).end).toEqual(later.end);
    expect(timingOf(cluster, now(seconds + 1), timingOf(cluster, now(seconds))).end).toEqual(later.end);
  });

  test('is worked out anew when the plan moves', () => {
    const { events, seconds } = flown(33, () => 1);
    const before = timingOf(clusterAfter(events.slice(0, -2)), now(seconds));
    const cluster = clusterAfter(events);
    expect(timingOf(cluster, now(seconds), before).end).toEqual(timingOf(cluster, now(seconds)).end);
  });
});

const step = (argv: string[], phase: string | null = null): Run['steps'][number] => ({
  program: 'gravity',
  path: '/opt/gravity',
  argv,
  phase,
});
const resume = aRun({ action: 'operation.resume', steps: [step(['plan', 'resume', '--block'])] });

describe('no end is told', () => {
  const done = withStates(plan, Object.fromEntries(leaves.map(({ id }) => [id, 'completed'] as const)));
  const drain = '/masters/master-2/drain';
  const halfway = withStates(
    plan,
    Object.fromEntries(
      leaves
        .slice(0, leaves.findIndex(({ id }) => id === drain) + 1)
        .map(({ id }) => [id, 'completed'] as const),
    ),
  );
  const goingBack = [
    changed('/masters/master-1/untaint', ['completed', 'in_progress'], 20),
    changed('/masters/master-1/untaint', ['in_progress', 'rolled_back'], 22),
    changed('/masters/master-1/uncordon', ['completed', 'in_progress'], 23),
  ];
  const rows: { name: string; cluster: Cluster; why: RegExp }[] = [
    { name: 'without a plan', cluster: clusterWith(null), why: /no plan/ },
    { name: 'when every leaf is completed', cluster: clusterWith(done), why: /every leaf is completed/ },
    {
      name: 'while a run of ours rolls a phase back',
      cluster: clusterWith(halfway, {
        runs: [aRun({ steps: [step(['plan', 'rollback', `--phase=${drain}`], drain)] })],
      }),
      why: /going back/,
    },
    {
      name: 'while a run of ours rolls everything back',
      cluster: clusterWith(halfway, { runs: [aRun({ steps: [step(['rollback', '--confirm'])] })] }),
      why: /going back/,
    },
    {
      name: 'while somebody else rolls back',
      cluster: goingBack.reduce(fold, clusterWith(halfway)),
      why: /going back/,
    },
  ];
  test.each(rows)('$name, and it says why', ({ cluster, why }) => {
    const timing = timingOf(cluster, now(30));
    expect(timing.end).toBeNull();
    expect(timing.why).toMatch(why);
    expect(plan.phases.map(({ id }) => timing.left(id)).filter((left) => left !== null)).toEqual([]);
  });

  test('but a second pass after a rollback has one again', () => {
    const again = changed('/masters/master-1/uncordon', ['rolled_back', 'in_progress'], 60);
    const cluster = [
      ...goingBack,
      changed('/masters/master-1/uncordon', ['in_progress', 'rolled_back'], 25),
      again,
    ].reduce(fold, clusterWith(halfway, { runs: [resume] }));
    expect(timingOf(cluster, now(61)).end).not.toBeNull();
  });
});

describe('whether it moves', () => {
  const drain = '/masters/master-1/drain';
  const by = { user: 'ann', from: null, tty: null, console: null };
  const pilot = {
    operation: plan.operation.id,
    by,
    since: at(0),
    sentence: 'steps',
    breakpoint: null,
  } as const;
  const autopilot = { ...pilot, phase: null, run: null, passed: [], accepted: [], wrong: [] };
  const rows: { name: string; cluster: Cluster; seconds: number; moving: boolean }[] = [
    { name: 'nobody at work', cluster: clusterWith(plan), seconds: 0, moving: false },
    {
      name: 'a leaf within its usual time',
      cluster: clusterAfter([began(drain, 0)]),
      seconds: 10,
      moving: true,
    },
    {
      name: 'a leaf long in progress, nobody seen',
      cluster: clusterAfter([began(drain, 0)]),
      seconds: 9000,
      moving: false,
    },
    {
      name: 'a resume between two leaves',
      cluster: clusterAfter([], { runs: [resume] }),
      seconds: 0,
      moving: true,
    },
    {
      name: 'a run that drives no leaf',
      cluster: clusterAfter([], { runs: [aRun({ steps: [step(['agent', 'deploy'])] })] }),
      seconds: 0,
      moving: false,
    },
    {
      name: 'an autopilot between two leaves',
      cluster: clusterAfter([], { autopilot: { ...autopilot, state: 'armed', hold: null } }),
      seconds: 0,
      moving: true,
    },
    {
      name: 'an autopilot that holds',
      cluster: clusterAfter([], { autopilot: { ...autopilot, state: 'paused', hold: 'breakpoint' } }),
      seconds: 0,
      moving: false,
    },
  ];
  test.each(rows)('$name: $moving', ({ cluster, seconds, moving }) => {
    const timing = timingOf(cluster, now(seconds));
    expect(timing.moving).toBe(moving);
    expect(timing.end).not.toBeNull();
  });

  test('a leaf left in progress has to run again as a whole', () => {
    const cluster = clusterAfter([began(drain, 0)]);
    expect(leftOf(cluster, drain, 9000)).toBeCloseTo(phaseKind('drain_node').p50, 0);
  });
});

const paths = recordings('plans').filter((path) => path.endsWith('.json'));

describe.each(paths)('of the plan %s', (path) => {
  const recorded: Plan = recordedPlan(path);
  const timing = timingOf(clusterWith(recorded), now(0));
  const childrenOf = Map.groupBy(recorded.phases, ({ parent }) => parent);

  test('what is left of a group is that of its children, one after the other or the longest', () => {
    for (const group of recorded.phases.filter(({ leaf }) => !leaf)) {
      const left = (childrenOf.get(group.id) ?? []).flatMap(({ id }) => timing.left(id) ?? []);
      const whole = group.parallel ? Math.max(...left) : left.reduce((sum, each) => sum + each, 0);
      if (left.length === 0) expect(timing.left(group.id)).toBeNull();
      else expect(timing.left(group.id)).toBeCloseTo(whole, 3);
    }
  });

  test('nothing is left of what is completed, and something of all else', () => {
    for (const { id, state } of recorded.phases.filter(({ leaf }) => leaf)) {
      if (state === 'completed') expect(timing.left(id)).toBeNull();
      else expect(timing.left(id)).toBeGreaterThan(0);
    }
  });

  test('the end is a spread around its middle, or there is a reason why not', () => {
    const { end, why } = timing;
    expect(end === null).toBe(why !== null);
    if (end === null) return;
    expect(end.low).toBeGreaterThan(0);
    expect(end.mid).toBeGreaterThanOrEqual(end.low);
    expect(end.high).toBeGreaterThanOrEqual(end.mid);
  });
});
