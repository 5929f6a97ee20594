import type { Cause } from '../../protocol/why.ts';
import { indexPlan, leavesOf, type PlanIndex } from '../phase-tree.ts';
import { unmetRequirements } from '../requirements.ts';
import type { Reason } from './reason.ts';

/** Requirements not met, down to the leaf that blocks (engine-observed 2.4). */
export const requirementReason: Reason = {
  id: 'requires',
  explain({ cluster, question }) {
    if (cluster.plan === null || question.phase === null) return null;
    const index = indexPlan(cluster.plan);
    const chain = blockers(index, question.phase);
    const leaf = chain.at(-1);
    if (leaf === undefined) return null;
    const at = cluster.sources.plan.lastGood;
    const causes = chain.map((id): Cause => {
      const state = index.byId.get(id)?.state ?? 'unknown';
      return { text: `it requires ${id}, which is ${state}`, source: 'plan', at };
    });
    return {
      question: `Why can ${question.phase} not run?`,
      causes,
      next: {
        what: 'action',
        text: `execute ${leaf} first`,
        action: 'operation.step',
        args: { phase: leaf },
        commands: [],
      },
      after: null,
    };
  },
};

/** From the phase's own requirement to the first leaf of it that is not completed, and on to what that one requires. */
function blockers(index: PlanIndex, phase: string, chain: readonly string[] = []): string[] {
  const [required] = unmetRequirements(index, phase);
  if (required === undefined || chain.includes(required)) return [...chain];
  const leaf = leavesOf(index, required).find(({ state }) => state !== 'completed');
  const next = leaf === undefined || leaf.id === required ? [required] : [required, leaf.id];
  return blockers(index, leaf?.id ?? required, [...chain, ...next]);
}
