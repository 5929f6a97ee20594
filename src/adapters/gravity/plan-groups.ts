import { groupState } from '../../protocol/group-state.ts';
import type { Phase, PhaseState } from '../../protocol/phase.ts';

/**
 * Where a table of phases was cut between two rows: a group's state no longer follows from the rows below it, or the
 * last row is a group that no plan of gravity leaves empty. A sentence, null where nothing is missing.
 */
export function checkPlanEnd(phases: readonly Phase[]): string | null {
  const below = Map.groupBy(phases, (phase) => phase.parent);
  for (const phase of phases) {
    const children = (below.get(phase.id) ?? []).map(({ state }) => state);
    if (children.length > 0 && !followsFrom(phase.state, children)) {
      return `the plan is cut off: the state of ${phase.id} does not follow from its rows`;
    }
  }
  const last = phases.at(-1);
  return last?.leaf && isGroup(last.id) ? `the plan is cut off: the rows below ${last.id} are missing` : null;
}

/** The state of every group by the rule of today, as a plan in JSON gets it. Children stand behind their group. */
export function computeGroups(phases: Phase[]): Phase[] {
  const below = Map.groupBy(phases, (phase) => phase.parent);
  for (const phase of phases.toReversed()) {
    const children = below.get(phase.id);
    if (children !== undefined) phase.state = groupState(children.map(({ state }) => state));
  }
  return phases;
}

/** Before 7.0.21, 6.1.43 and 5.5.54 a group with a phase rolled back and others not was failed (lib/storage/plan.go). */
function followsFrom(state: PhaseState, children: readonly PhaseState[]): boolean {
  if (state === groupState(children)) return true;
  return children.includes('rolled_back') && (state === 'failed' || state === 'in_progress');
}

/** By docs/gravity/trees.json: what is a group there, and never the last phase of a plan where it is none. */
function isGroup(id: string): boolean {
  const path = id.split('/').slice(1);
  const hop = /^(\d+\.\d+\.\d+.*|target)$/.test(path[0] ?? '');
  const [first = '', second, third] = hop ? path.slice(1) : path;
  if (first === '') return true;
  if (second === undefined) return groups.has(first);
  if (third !== undefined) return false;
  return first === 'masters' || first === 'nodes' || (first === 'etcd' && etcdSteps.has(second));
}

const groups = new Set([
  ...['masters', 'nodes', 'etcd', 'bootstrap', 'config', 'runtime', 'migration'],
  ...['app', 'gc', 'packages', 'registry', 'journal', 'pull', 'export', 'system', 'restart'],
]);
const etcdSteps = new Set(['backup', 'shutdown', 'upgrade', 'migrate', 'restore', 'restart']);
