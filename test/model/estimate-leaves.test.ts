import { describe, expect, test } from 'vitest';
import { pilotIdentity } from '../../src/model/autopilot/own-runs.ts';
import { durationSamples } from '../../src/model/duration-samples.ts';
import { timingOf } from '../../src/model/estimate/timing.ts';
import { fold } from '../../src/model/fold.ts';
import { phaseKind } from '../../src/model/phase-kinds.ts';
import { shownStates } from '../../src/model/shown-states.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { DurationSample } from '../../src/protocol/learned.ts';
import { aRun, clusterWith, recordedPlan } from '../actions/a-cluster.ts';
import { at, leafEvents } from './leaf-events.ts';

const plan = recordedPlan('plans/fresh-3m2w.json');
const { changed, began, ran } = leafEvents(plan);
const drainOf = (node: string) => `/${node.startsWith('master') ? 'masters' : 'nodes'}/${node}/drain`;
const defaults = phaseKind('drain_node');

const clusterAfter = (events: readonly Event[], said: Partial<Cluster> = {}): Cluster =>
  events.reduce(fold, clusterWith(plan, said));

function earlier(ms: number, said: Partial<DurationSample> = {}): DurationSample {
  const about = { operation: 'before', phase: drainOf('master-1'), kind: 'drain_node', node: 'master-1' };
  return { ...about, role: 'master', step: '2.3.0 > 2.4.0', ms, ...said };
}

const stepOf = (phase: string) => ({
  program: 'gravity' as const,
  path: '/g',
  argv: ['plan', 'execute', `--phase=${phase}`],
  phase,
});

const time = (cluster: Cluster, phase: string) => timingOf(cluster, Date.parse(at(9000))).leaf(phase);
const seconds = (cluster: Cluster, phase: string) => (time(cluster, phase)?.p50 ?? Number.NaN) / 1000;

describe('what a leaf takes', () => {
  test('is the default of its kind while nothing was seen', () => {
    const expected = { p50: defaults.p50 * 1000, p90: defaults.p90 * 1000, from: 'defaults', seen: [] };
    expect(time(clusterWith(plan), drainOf('master-2'))).toEqual(expected);
  });

  test('is what its siblings took, before anything earlier', () => {
    const cluster = clusterAfter(ran(drainOf('master-1'), 0, 62), { earlier: [earlier(500_000)] });
    expect(time(cluster, drainOf('master-2'))).toMatchObject({
      p50: 62_000,
      from: 'siblings',
      seen: [{ phase: drainOf('master-1'), ms: 62_000 }],
    });
  });

  test('is not learned from the leaf itself', () => {
    const cluster = clusterAfter(ran(drainOf('master-1'), 0, 62));
    expect(time(cluster, drainOf('master-1'))?.from).toBe('defaults');
  });

  test('is what earlier leaves of its role took, before siblings of another role', () => {
    const onNode = earlier(90_000, { role: 'node', node: 'worker-1' });
    const cluster = clusterAfter(ran(drainOf('master-1'), 0, 62), { earlier: [earlier(500_000), onNode] });
    expect(time(cluster, drainOf('worker-1'))).toMatchObject({
      p50: 90_000,
      from: 'earlier',
      seen: [onNode],
    });
  });

  test('is what siblings of another role took, before earlier ones of another role', () => {
    const cluster = clusterAfter(ran(drainOf('master-1'), 0, 62), { earlier: [earlier(500_000)] });
    expect(time(cluster, drainOf('worker-1'))).toMatchObject({ p50: 62_000, from: 'siblings' });
  });

  test('prefers the same version step among earlier ones', () => {
    const { from, to } = plan.operation.versions ?? { from: '', to: '' };
    const same = earlier(70_000, { step: `${from} > ${to}` });
    expect(seconds(clusterAfter([], { earlier: [earlier(500_000), same] }), drainOf('master-2'))).toBe(70);
  });

  test('is moved little by one that took ten times as long', () => {
    const usual = [58, 60, 61, 63, 64].map((s) => earlier(s * 1000));
    const [without, outlying] = [usual, [...usual, earlier(610_000)]].map((samples) =>
      time(clusterAfter([], { earlier: samples }), drainOf('master-2')),
    );
    expect(outlying?.p50).toBeLessThan(65_000);
    expect(outlying?.p90).toBeLessThan(1.1 * (without?.p90 ?? 0));
  });

  test('of two that agree, a third that takes somewhat longer is not late', () => {
    const agreeing = clusterAfter([], { earlier: [earlier(60_000), earlier(60_000)] });
    expect(time(agreeing, drainOf('master-2'))?.p90).toBeGreaterThan(1.25 * 60_000);
  });

  test('is known the closer the more was seen', () => {
    const p90 = [1, 4, 16, 64].map((count) => {
      const samples = Array.from({ length: count }, (_none, index) => earlier(60_000 + (index % 3) * 1000));
      return time(clusterAfter([], { earlier: samples }), drainOf('master-2'))?.p90 ?? Number.NaN;
    });
    expect(p90).toEqual(p90.toSorted((one, other) => other - one));
  });

  test('past nine of ten it is late, and not before', () => {
    const cluster = clusterAfter([...ran(drainOf('master-1'), 0, 62), began(drainOf('master-2'), 100)]);
    const p90 = time(cluster, drainOf('master-2'))?.p90 ?? Number.NaN;
    const late = (ms: number) => timingOf(cluster, Date.parse(at(100)) + ms).isLate(drainOf('master-2'));
    expect([late(p90 - 1), late(p90 + 1)]).toEqual([false, true]);
    expect(timingOf(cluster, Date.parse(at(9000))).isLate(drainOf('master-1'))).toBe(false);
  });

  test('decides how long it counts as running with nobody seen at it', () => {
    const upgrade = '/masters/master-2/system-upgrade';
    const slow = earlier(1800_000, { kind: 'update_system' });
    const shown = (samples: DurationSample[]) =>
      shownStates(clusterAfter([began(upgrade, 0)], { earlier: samples }), Date.parse(at(1500))).get(upgrade);
    expect([shown([]), shown([slow])]).toEqual(['unseen', 'running']);
  });
});

describe('a leaf shorter than the pause between two readings', () => {
  const node = '/masters/master-1';
  const pair = (first: number, second: number, by: readonly (string | null)[] = ['r1', 'r1']): Event[] => [
    changed(`${node}/taint`, ['unstarted', 'completed'], first, by[0]),
    changed(`${node}/uncordon`, ['unstarted', 'completed'], second, by[1]),
  ];
  const learned = (events: Event[]) =>
    durationSamples(clusterAfter(events)).map(({ phase, ms }) => [phase, ms / 1000]);

  test('took the time from the end of the one before, by the stamps of gravity', () => {
    expect(learned(pair(10, 12.4))).toEqual([[`${node}/uncordon`, 2.4]]);
    expect(learned(pair(10, 12.4, [null, null]))).toEqual([[`${node}/uncordon`, 2.4]]);
  });

  const untold: { name: string; events: Event[] }[] = [
    { name: 'where somebody may have thought in between', events: pair(10, 40) },
    { name: 'where each was a step of its own', events: pair(10, 12, ['r1', 'r2']) },
    { name: 'where a clock that is ahead dates the end before the beginning', events: pair(10, 8) },
    { name: 'where the one before is not completed', events: pair(10, 12).slice(1) },
  ];
  test.each(untold)('teaches nothing $name', ({ events }) => {
    expect(learned(events)).toEqual([]);
  });

  test('is learned from step to step of an autopilot, with the start of its gravity, and not of a person', () => {
    const steps = (user: string) => {
      const by = { user, from: null, tty: null, console: null };
      const runs = ['r1', 'r2'].map((id, at) =>
        aRun({ id, by, steps: [stepOf(`${node}/${at === 0 ? 'taint' : 'uncordon'}`)] }),
      );
      const cluster = pair(10, 12, ['r1', 'r2']).reduce(fold, clusterWith(plan, { runs }));
      return durationSamples(cluster).map(({ phase, ms }) => [phase, ms / 1000]);
    };
    expect(steps(pilotIdentity({ by: { user: 'ann', from: null, tty: null, console: null } }).user)).toEqual([
      [`${node}/uncordon`, 2],
    ]);
    expect(steps('ann')).toEqual([]);
  });

  test('that a reading happened to see in progress took no longer for it', () => {
    const [taint] = pair(10, 0);
    const uncordon = [
      changed(`${node}/uncordon`, ['unstarted', 'in_progress'], 10.1, 'r1'),
      { ...changed(`${node}/uncordon`, ['in_progress', 'completed'], 11, 'r1'), seen: at(17) },
    ];
    expect(learned(taint === undefined ? [] : [taint, ...uncordon])).toEqual([[`${node}/uncordon`, 1]]);
  });

  test('is not learned in a group whose leaves run side by side', () => {
    const install = recordedPlan('plans/fresh-install-1m1w.json');
    const group = install.phases.find(({ parallel }) => parallel);
    const leaves = install.phases.filter(({ leaf, parent }) => leaf && parent === group?.id);
    const ends = leaves.map(({ id }, index) =>
      leafEvents(install).changed(id, ['unstarted', 'completed'], index, null),
    );
    expect(leaves.length).toBeGreaterThan(1);
    expect(durationSamples(ends.reduce(fold, clusterWith(install)))).toEqual([]);
  });
});
