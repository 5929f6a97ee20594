import type { ClusterSize } from '../src/simulator/plan/servers.ts';
import { estimateCost } from './estimate/cost.ts';
import { checkpoints, judgeLateComer, judgeUpgrade, type Verdict } from './estimate/judge-upgrade.ts';
import { flyUpgrade, freshPlan } from './estimate/upgrade.ts';
import type { Row } from './row.ts';

/** Reading the 63-node plan costs 0.35 s of CPU. */
const pauseOf63 = 5600;

/** `pauseMs`: between the beginnings of two readings, the reading and max(2 s, 15 times its CPU) (design 4). */
const sizes: readonly { nodes: number; size: ClusterSize; pauseMs: number }[] = [
  { nodes: 3, size: { masters: 3, workers: 0 }, pauseMs: 2250 },
  { nodes: 5, size: { masters: 3, workers: 2 }, pauseMs: 2250 },
  { nodes: 63, size: { masters: 3, workers: 60 }, pauseMs: pauseOf63 },
];

/**
 * How well the end of an upgrade is foretold: simulated upgrades whose kinds, nodes and one leaf take a time nobody is
 * told, read as the agent reads, asked at a quarter, half and three quarters of the true time; beside counting leaves.
 */
export async function bench(seeds: readonly number[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { nodes, size, pauseMs } of sizes) {
    const verdicts: Verdict[] = [];
    const fresh = freshPlan(size);
    const late: Verdict[] = [];
    for (const seed of seeds) {
      const upgrade = await flyUpgrade(fresh, seed);
      verdicts.push(...judgeUpgrade(upgrade, { seed, pauseMs }));
      late.push(...judgeLateComer(upgrade, { seed, pauseMs }));
    }
    console.error(`  ${nodes} nodes: ${seeds.length} upgrades flown`);
    rows.push(...rowsOf(nodes, verdicts), ...lateRows(nodes, late));
  }
  return [...rows, ...(await costRows())];
}

function rowsOf(nodes: number, verdicts: readonly Verdict[]): Row[] {
  return checkpoints.flatMap((checkpoint) => {
    const there = verdicts.filter((verdict) => verdict.checkpoint === checkpoint);
    const where = `${nodes} nodes at ${checkpoint * 100}%`;
    const aim = aimOf(nodes, checkpoint);
    const width = quantile(
      there.map((verdict) => verdict.width),
      0.5,
    );
    return [
      errorRow(`${where}: error, median`, there, { p: 0.5, aim }),
      errorRow(`${where}: error, p90`, there, { p: 0.9, aim: nodes === 63 ? null : aim }),
      insideRow(`${where}: true end inside the spread`, there),
      plain(`${where}: width of the spread, median`, '% of the whole', width * 100),
    ];
  });
}

/** No target was set for these. */
function lateRows(nodes: number, verdicts: readonly Verdict[]): Row[] {
  const where = `${nodes} nodes, watched from 50% on, asked at once`;
  return [
    errorRow(`${where}: error, median`, verdicts, { p: 0.5, aim: null }),
    errorRow(`${where}: error, p90`, verdicts, { p: 0.9, aim: null }),
    { ...insideRow(`${where}: true end inside the spread`, verdicts), target: null, met: null },
  ];
}

async function costRows(): Promise<Row[]> {
  const { second, change } = await estimateCost(pauseOf63);
  const what = '63 nodes, 4000 earlier samples: an estimate';
  return [
    { ...plain(`${what}, each second`, 'ms CPU', second), target: '< 3 ms', met: second < 3 },
    plain(`${what}, after a leaf changed`, 'ms CPU', change),
  ];
}

type Aim = { target: string; met(error: number, ratio: number): boolean } | null;

const noWorse: Aim = { target: 'no worse than counting', met: (_error, ratio) => ratio >= 1 };

function aimOf(nodes: number, checkpoint: number): Aim {
  if (nodes !== 63) return checkpoint >= 0.5 ? noWorse : null;
  if (checkpoint !== 0.5) return null;
  return { target: '≤ 15% and ≥ 1.5 × as good', met: (error, ratio) => error <= 0.15 && ratio >= 1.5 };
}

function errorRow(what: string, verdicts: readonly Verdict[], { p, aim }: { p: number; aim: Aim }): Row {
  const error = quantile(
    verdicts.map((verdict) => verdict.error),
    p,
  );
  const counting = quantile(
    verdicts.map((verdict) => verdict.counting),
    p,
  );
  const ratio = counting / error;
  return {
    ...plain(what, '%', error * 100),
    against: `counting leaves (${(counting * 100).toFixed(1)}%)`,
    ratio,
    target: aim?.target ?? null,
    met: aim?.met(error, ratio) ?? null,
  };
}

function insideRow(what: string, verdicts: readonly Verdict[]): Row {
  const share = verdicts.filter(({ inside }) => inside).length / verdicts.length;
  return { ...plain(what, '% of seeds', share * 100), target: '≥ 85%', met: share >= 0.85 };
}

function plain(what: string, unit: string, value: number): Row {
  return { name: 'estimate', what, value, unit, against: null, ratio: null, target: null, met: null };
}

function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}
