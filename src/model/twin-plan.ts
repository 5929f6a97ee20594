import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';
import type { PlanTwin } from '../protocol/twins.ts';
import { countLeaves } from './counts.ts';

/**
 * A plan as `plan -o json` says it. `state` is the operation's, which a plan does not tell: null where nobody knows.
 * `observed` is what is known beyond it, by phase; a saved plan has nothing beside it.
 */
export function planTwin(plan: Plan, state: string | null, observed: Cluster['observed'] = {}): PlanTwin {
  const { operation, phases } = plan;
  const { id, type, cluster, leadMaster, gravityVersion } = operation;
  const { leaves, unstarted, in_progress, completed, failed, rolled_back } = countLeaves(phases);
  const beyond = Object.values(observed);
  const observedIn = (one: 'in_progress' | 'failed') => beyond.filter((each) => each.state === one).length;
  return {
    schema: 1,
    operation: { id, type, state, cluster, leadMaster: leadMaster?.hostname ?? null, gravityVersion },
    phases: phases.map((phase) => phaseTwin(phase, observed[phase.id])),
    counts: {
      ...{ leaves, unstarted, in_progress, completed, failed, rolled_back },
      observed: { in_progress: observedIn('in_progress'), failed: observedIn('failed') },
    },
  };
}

function phaseTwin(
  phase: Phase,
  beyond: Cluster['observed'][string] | undefined,
): PlanTwin['phases'][number] {
  const { id, parent, leaf, state, kind, description, node, runsOn, requires, updated, error } = phase;
  const observed =
    beyond === undefined
      ? null
      : { state: beyond.state, since: beyond.since, from: beyond.from, run: beyond.run };
  return { id, parent, leaf, state, kind, description, node, runsOn, requires, updated, error, observed };
}
