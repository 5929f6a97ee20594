import type { Phase } from '../../protocol/phase.ts';
import { indexPlan, type PlanIndex } from '../phase-tree.ts';
import type { Asked } from './asked.ts';

/** The plan made walkable and the phase that is asked about; null where there is no plan or no such phase. */
export type KnownPhase = { index: PlanIndex; phase: Phase };

export function knownPhase({ cluster, question }: Asked): KnownPhase | null {
  if (cluster.plan === null || question.phase === null) return null;
  const index = indexPlan(cluster.plan);
  const phase = index.byId.get(question.phase);
  return phase === undefined ? null : { index, phase };
}
