import type { Plan } from '../protocol/plan.ts';

/** The nodes whose system software a plan upgrades, parted by how far that is; each list in the plan's order. */
export type SystemSoftware = { upgraded: string[]; before: string[]; between: string[] };

/**
 * Which nodes run the new system software, which the one of before, and of which nobody can say: their leaf failed, is
 * in progress, or they are at one hop of several. A node is named as the plan names it. The leaves are those of the
 * executor `update_system` (recordings/plans); a plan without any has three empty lists.
 */
export function systemSoftware(plan: Plan): SystemSoftware {
  const parted: SystemSoftware = { upgraded: [], before: [], between: [] };
  for (const [node, states] of statesOfUpgrades(plan)) parted[whereIn(states)].push(node);
  return parted;
}

function statesOfUpgrades(plan: Plan): Map<string, Set<string>> {
  const states = new Map<string, Set<string>>();
  for (const { leaf, kind, node, state } of plan.phases) {
    if (!leaf || kind !== 'update_system' || node === null) continue;
    states.set(node, (states.get(node) ?? new Set()).add(state));
  }
  return states;
}

function whereIn(states: ReadonlySet<string>): keyof SystemSoftware {
  if ([...states].every((state) => state === 'completed')) return 'upgraded';
  return [...states].every((state) => state === 'unstarted' || state === 'rolled_back')
    ? 'before'
    : 'between';
}
