import type { Phase } from '../../protocol/phase.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type Forecast, ways } from './forecast.ts';

/** All that is left of a plan, way by way (ms), given how long each leaf that runs goes on; the others run as a whole. */
export type Rest = (goesOn: ReadonlyMap<string, Float64Array>) => Float64Array;

/**
 * Adds up what is left: children one after the other, of a parallel group the longest. All but the leaves in progress
 * and the groups above them is added up once, for it does not change with the time.
 */
export function restOf(plan: Plan, forecast: Forecast): Rest {
  const parents = new Map(plan.phases.map((phase) => [phase.id, phase] as const));
  const open = openPhases(plan, parents);
  const backwards = plan.phases.toReversed();
  const parallel = ({ parent }: Phase) => parent !== null && parents.get(parent)?.parallel === true;
  const settled: Rows = new Map();
  for (const phase of backwards) {
    if (phase.leaf && phase.state === 'completed') continue;
    if (open.has(phase)) continue;
    const row = phase.leaf ? forecast.durations(phase) : settled.get(phase.id);
    if (row !== undefined) gather(settled, phase, { row, longest: parallel(phase) });
  }
  const openBackwards = backwards.filter((phase) => open.has(phase));
  const again = new Map(
    openBackwards.filter(({ leaf }) => leaf).map((leaf) => [leaf.id, forecast.durations(leaf)] as const),
  );
  return (goesOn) => {
    const rows: Rows = new Map([...settled].filter(([id]) => isAbove(openBackwards, id)).map(copied));
    for (const phase of openBackwards) {
      const row = phase.leaf ? (goesOn.get(phase.id) ?? again.get(phase.id)) : rows.get(phase.id);
      if (row !== undefined) gather(rows, phase, { row, longest: parallel(phase) });
    }
    return rows.get(null) ?? new Float64Array(ways);
  };
}

type Rows = Map<string | null, Float64Array>;

/** The leaves in progress and the groups above them. */
function openPhases(plan: Plan, byId: ReadonlyMap<string, Phase>): ReadonlySet<Phase> {
  const open = new Set<Phase>();
  for (const leaf of plan.phases) {
    if (!leaf.leaf || leaf.state !== 'in_progress') continue;
    for (let at: Phase | undefined = leaf; at !== undefined; at = byId.get(at.parent ?? '')) open.add(at);
  }
  return open;
}

function isAbove(open: readonly Phase[], id: string | null): boolean {
  return id === null || open.some((phase) => phase.id === id);
}

function copied([id, row]: [string | null, Float64Array]): [string | null, Float64Array] {
  return [id, Float64Array.from(row)];
}

function gather(
  rows: Rows,
  { parent }: Phase,
  { row, longest }: { row: Float64Array; longest: boolean },
): void {
  const sum = rows.get(parent) ?? new Float64Array(ways);
  for (let way = 0; way < ways; way += 1) {
    const [before, more] = [sum[way] ?? 0, row[way] ?? 0];
    sum[way] = longest ? Math.max(before, more) : before + more;
  }
  rows.set(parent, sum);
}
