import { describe, expect, test } from 'vitest';
import { judgeLateComer, judgeUpgrade, type Verdict } from '../../bench/estimate/judge-upgrade.ts';
import { flyUpgrade, freshPlan } from '../../bench/estimate/upgrade.ts';

const seeds = Array.from({ length: 12 }, (_none, at) => 201 + at);
const pauseMs = 2250;

async function verdicts(): Promise<Verdict[]> {
  const fresh = freshPlan({ masters: 3, workers: 0 });
  const all: Verdict[] = [];
  for (const seed of seeds) all.push(...judgeUpgrade(await flyUpgrade(fresh, seed), { seed, pauseMs }));
  return all;
}

describe('of simulated upgrades whose times nobody is told', async () => {
  const judged = await verdicts();

  test('the true end lies in the spread as often as is said', () => {
    const inside = judged.filter((verdict) => verdict.inside);
    expect(inside.length / judged.length).toBeGreaterThanOrEqual(0.85);
  });

  test('the end is foretold better than by counting leaves', () => {
    const middle = (errors: number[]) => errors.toSorted((one, other) => one - other)[errors.length / 2] ?? 1;
    expect(middle(judged.map(({ error }) => error))).toBeLessThan(
      middle(judged.map(({ counting }) => counting)),
    );
  });

  test('who comes half way foretells the end better than by counting leaves as well', async () => {
    const fresh = freshPlan({ masters: 3, workers: 0 });
    const late: Verdict[] = [];
    for (const seed of seeds) late.push(...judgeLateComer(await flyUpgrade(fresh, seed), { seed, pauseMs }));
    const ratios = late.map(({ error, counting }) => error / counting).toSorted((one, other) => one - other);
    expect(late.length).toBe(seeds.length);
    expect(ratios[Math.floor(ratios.length / 2)]).toBeLessThan(1);
  });

  test('the same seed is the same upgrade', async () => {
    expect(await verdicts()).toEqual(judged);
  });
});
