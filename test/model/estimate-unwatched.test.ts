import { describe, expect, test } from 'vitest';
import { durationSamples } from '../../src/model/duration-samples.ts';
import { timingOf } from '../../src/model/estimate/timing.ts';
import { fold } from '../../src/model/fold.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { clusterWith, recordedPlan } from '../actions/a-cluster.ts';
import { at, leafEvents } from './leaf-events.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const drain = '/masters/master-1/drain';
const upgrade = '/masters/master-1/system-upgrade';
const leaves = fresh.phases.filter(({ leaf }) => leaf).map(({ id }) => id);
const beforeDrain = leaves[leaves.indexOf(drain) - 1] ?? '';

/** The plan as it is first read: these leaves completed before, at so many seconds after noon. */
function firstRead(ended: Readonly<Record<string, number>>, plan: Plan = fresh): Plan {
  const phases = plan.phases.map((phase) => {
    const seconds = ended[phase.id];
    return seconds === undefined ? phase : { ...phase, state: 'completed' as const, updated: at(seconds) };
  });
  return { ...plan, phases };
}

const learned = (plan: Plan) => durationSamples(clusterWith(plan));

describe('a leaf that ended before anybody watched', () => {
  const plan = firstRead({ [beforeDrain]: 0, [drain]: 62 });

  test('took at most the time since the leaf before, by gravity’s stamps', () => {
    expect(learned(plan)).toMatchObject([{ phase: drain, ms: 62_000, atMost: true }]);
  });

  test('teaches what its siblings will take', () => {
    const time = timingOf(clusterWith(plan), Date.parse(at(100))).leaf('/masters/master-2/drain');
    expect(time).toMatchObject({ p50: 62_000, from: 'siblings' });
  });

  test('gives way to a sibling that was watched', () => {
    const { ran } = leafEvents(fresh);
    const cluster = ran('/masters/master-2/drain', 900, 920).reduce(fold, clusterWith(plan));
    const time = timingOf(cluster, Date.parse(at(1000))).leaf('/masters/master-3/drain');
    expect(time).toMatchObject({ p50: 20_000, seen: [{ phase: '/masters/master-2/drain' }] });
  });

  const untold: { name: string; plan: Plan }[] = [
    { name: 'where somebody slept in between', plan: firstRead({ [beforeDrain]: 0, [drain]: 8 * 3600 }) },
    {
      name: 'where a clock dates its end before its beginning',
      plan: firstRead({ [beforeDrain]: 10, [drain]: 4 }),
    },
    { name: 'where the leaf before is not done', plan: firstRead({ [drain]: 62 }) },
    {
      name: 'where leaves run side by side, in groups of groups too',
      plan: firstRead(
        { [beforeDrain]: 0, [drain]: 62, [upgrade]: 200 },
        {
          ...fresh,
          phases: fresh.phases.map((each) => (each.id === '/masters' ? { ...each, parallel: true } : each)),
        },
      ),
    },
  ];
  test.each(untold)('teaches nothing $name', ({ plan }) => {
    expect(learned(plan)).toEqual([]);
  });

  test('teaches nothing once it ran again while somebody watched', () => {
    const { changed } = leafEvents(fresh);
    const again = [
      changed(drain, ['completed', 'rolled_back'], 300),
      changed(drain, ['rolled_back', 'completed'], 310),
    ];
    expect(durationSamples(again.reduce(fold, clusterWith(plan)))).toEqual([]);
  });
});
