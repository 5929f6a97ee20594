import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';
import type { PlanTwin } from '../protocol/twins.ts';
import { countLeaves } from './counts.ts';

/** A plan as `plan -o json` says it. `state` is the operation's, which a plan does not tell: null where nobody knows. */
export function planTwin(plan: Plan, state: string | null): PlanTwin {
  const { operation, phases } = plan;
  const { id, type, cluster, leadMaster, gravityVersion } = operation;
  const { leaves, unstarted, in_progress, completed, failed, rolled_back } = countLeaves(phases);
  return {
    schema: 1,
    operation: { id, type, state, cluster, leadMaster: leadMaster?.hostname ?? null, gravityVersion },
    phases: phases.map(phaseTwin),
    counts: { leaves, unstarted, in_progress, completed, failed, rolled_back },
  };
}

function phaseTwin(phase: Phase): PlanTwin['phases'][number] {
  const { id, parent, leaf, state, kind, description, node, runsOn, requires, updated, error } = phase;
  return { id, parent, leaf, state, kind, description, node, runsOn, requires, updated, error };
}
