import type { States } from '../phase-state.ts';
import type { PhaseDocument, PlanDocument } from '../plan-document.ts';

/**
 * The plan as gravity prints it: the document with the newest state, time and error of each phase, keys in gravity's
 * order. A phase that never ran has no `state` (engine-observed 1).
 */
export function shownPlan(plan: PlanDocument, states: States): PlanDocument {
  return { ...plan, phases: plan.phases.map((phase) => shownPhase(phase, states)) };
}

function shownPhase(phase: PhaseDocument, states: States): PhaseDocument {
  const entry = states.get(phase.id);
  return {
    id: phase.id,
    executor: phase.executor,
    ...(phase.description === undefined ? {} : { description: phase.description }),
    ...(entry === undefined ? {} : { state: entry.state }),
    step: phase.step,
    ...(phase.phases === undefined ? {} : { phases: phase.phases.map((child) => shownPhase(child, states)) }),
    ...(phase.requires === undefined ? {} : { requires: phase.requires }),
    parallel: phase.parallel,
    updated: entry === undefined ? phase.updated : entry.stamp,
    ...(phase.data === undefined ? {} : { data: phase.data }),
    ...(entry?.error == null ? {} : { error: entry.error }),
  };
}
