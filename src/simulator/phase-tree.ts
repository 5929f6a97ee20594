import type { PhaseDocument, PlanDocument } from './plan-document.ts';

export type PhaseNode = { phase: PhaseDocument; parent: PhaseNode | null };

/** A plan's phases by id and in plan order, leaves apart. */
export type PhaseTree = {
  byId: ReadonlyMap<string, PhaseNode>;
  leaves: readonly PhaseDocument[];
};

export function phaseTree(plan: PlanDocument): PhaseTree {
  const byId = new Map<string, PhaseNode>();
  const leaves: PhaseDocument[] = [];
  const visit = (phase: PhaseDocument, parent: PhaseNode | null): void => {
    const node = { phase, parent };
    byId.set(phase.id, node);
    if (!isGroup(phase)) leaves.push(phase);
    for (const child of phase.phases ?? []) visit(child, node);
  };
  for (const phase of plan.phases) visit(phase, null);
  return { byId, leaves };
}

/** Only children make a group: in collection plans leaves have an empty executor too. */
export function isGroup(phase: PhaseDocument): boolean {
  return (phase.phases?.length ?? 0) > 0;
}

/** The leaves below a phase in plan order, or the phase itself. */
export function leavesOf(phase: PhaseDocument): PhaseDocument[] {
  return isGroup(phase) ? (phase.phases ?? []).flatMap(leavesOf) : [phase];
}
