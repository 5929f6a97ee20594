import { describe, expect, test } from 'vitest';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { durations } from '../../src/simulator/durations.ts';
import { startResumeUnit } from '../../src/simulator/gravity/resume-unit.ts';
import { phaseTree } from '../../src/simulator/phase-tree.ts';
import { updatePlan } from '../../src/simulator/plan/update-plan.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { handClock } from '../driver/hand-clock.ts';

const SEEDS = [1, 2, 3, 5, 8, 13, 21, 34];

describe('the same seed flies the same flight', () => {
  test.each(SEEDS)('seed %i, at whatever speed and however our timers fall', async (seed) => {
    const slow = await flight(seed, 7);
    expect(slow.at(-1)).toMatch(/executed \/gc\//);
    expect(await flight(seed, 333)).toEqual(slow);
    expect(await flight(seed, 5000)).toEqual(slow);
  });

  test('and another seed another', async () => {
    expect(await flight(1, 333)).not.toEqual(await flight(2, 333));
  });
});

describe('durations are those of a real upgrade', () => {
  const lasts = SEEDS.map((seed) => leaves().map(durations(seed)));

  test('half an hour to three hours for five nodes', () => {
    for (const flown of lasts) {
      const minutes = flown.reduce((sum, ms) => sum + ms, 0) / 60_000;
      expect(minutes).toBeGreaterThan(30);
      expect(minutes).toBeLessThan(180);
    }
  });

  test('a slow node is slow in everything it does', () => {
    const of = (seed: number) => (host: string) =>
      leaves()
        .filter(({ executor, data }) => executor === 'cleanup_node' && data?.server?.hostname === host)
        .map(durations(seed));
    const seen = new Set(SEEDS.flatMap((seed) => ['master-1', 'master-2', 'worker-1'].flatMap(of(seed))));
    expect(seen.size).toBeGreaterThan(SEEDS.length);
  });

  test('now and then one takes far longer than any usual one', () => {
    const usual = 200 * 1000 * 1.25 * 1.3;
    expect(lasts.flat().some((ms) => ms > usual)).toBe(true);
  });
});

function leaves() {
  return phaseTree(planOf()).leaves;
}

function planOf() {
  const cluster = 'demo.example.com';
  return updatePlan({
    masters: 3,
    workers: 2,
    operationId: 'op',
    cluster,
    createdMs: Date.parse('2026-11-22T11:00:00Z'),
  });
}

/** Every moment of a flight with its simulated time, in order. */
async function flight(seed: number, speed: number): Promise<string[]> {
  const hand = handClock();
  const clock = simulatedClock(hand, speed);
  const world = createWorld({ plan: planOf(), clock, duration: durations(seed) });
  const cluster = createCluster(world);
  const seen: string[] = [];
  world.watchers.add(({ id }, moment) => seen.push(`${clock.elapsed()} ${moment} ${id}`));
  startResumeUnit(cluster, cluster.host);
  while (cluster.resumeUnit !== null) await hand.advance(1 + ((seed * 7919 + seen.length * 31) % 97));
  return seen;
}
