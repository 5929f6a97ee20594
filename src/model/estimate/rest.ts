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
    if (open.has(phase) || (phase.leaf && phase.state === 'completed')) continue;
    const how = { longest: parallel(phase) };
    if (phase.leaf) forecast.add(phase, rowOf(settled, phase.parent), how);
    else gather(settled, phase, { ...how, row: settled.get(phase.id) });
  }
  const openBackwards = backwards.filter((phase) => open.has(phase));
  const again = new Map(
    openBackwards.filter(({ leaf }) => leaf).map((leaf) => [leaf.id, wholeOf(forecast, leaf)] as const),
  );
  const kept = [null, ...openBackwards.map(({ id }) => id)];
  return (goesOn) => {
    const rows: Rows = new Map(kept.map((id) => [id, Float64Array.from(rowOf(settled, id))] as const));
    for (const phase of openBackwards) {
      const row = phase.leaf ? (goesOn.get(phase.id) ?? again.get(phase.id)) : rows.get(phase.id);
      gather(rows, phase, { row, longest: parallel(phase) });
    }
    return rowOf(rows, null);
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

function wholeOf(forecast: Forecast, leaf: Phase): Float64Array {
  const row = new Float64Array(ways);
  forecast.add(leaf, row, { longest: false });
  return row;
}

function rowOf(rows: Rows, id: string | null): Float64Array {
  const row = rows.get(id) ?? new Float64Array(ways);
  rows.set(id, row);
  return row;
}

function gather(
  rows: Rows,
  { parent }: Phase,
  { row, longest }: { row: Float64Array | undefined; longest: boolean },
): void {
  if (row === undefined) return;
  const sum = rowOf(rows, parent);
  for (let way = 0; way < ways; way += 1) {
    const [before, more] = [sum[way] ?? 0, row[way] ?? 0];
    sum[way] = longest ? Math.max(before, more) : before + more;
  }
}
