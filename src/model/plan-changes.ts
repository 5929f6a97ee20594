import type { Event } from '../protocol/event.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';
import { same } from './same.ts';

/**
 * What happened between two readings of a plan. The same document gives one `phase.changed` per leaf whose state
 * differs (unstarted to completed between two looks is one) and one `phase.touched` per phase of which only the time
 * or the error moved; another document gives `plan.read`. Folding the events gives exactly the second reading.
 */
export function planChanges(before: Plan | null, after: Plan, seen: string): Event[] {
  if (before === null || !sameDocument(before, after)) return [{ kind: 'plan.read', seen, plan: after }];
  const operation = after.operation.id;
  return after.phases.flatMap((phase, index) => {
    const former = before.phases[index];
    return former === undefined ? [] : phaseChanges(former, phase, { operation, seen });
  });
}

function phaseChanges(
  before: Phase,
  after: Phase,
  about: { operation: string | null; seen: string },
): Event[] {
  const { seen, operation } = about;
  const told = { phase: after.id, at: after.updated, error: after.error };
  if (after.leaf && before.state !== after.state)
    return [{ kind: 'phase.changed', seen, operation, ...told, from: before.state, to: after.state }];
  if (before.updated === after.updated && before.error === after.error) return [];
  return [{ kind: 'phase.touched', seen, ...told, state: after.state }];
}

/** Gravity stores a plan once and never changes it (engine-observed 1): all but a phase's state, time and error. */
function sameDocument(before: Plan, after: Plan): boolean {
  return (
    before.phases.length === after.phases.length &&
    same(before.operation, after.operation) &&
    after.phases.every((phase, index) => samePhase(before.phases[index], phase)) &&
    same(before.servers, after.servers)
  );
}

function samePhase(before: Phase | undefined, after: Phase): boolean {
  return (
    before !== undefined &&
    before.id === after.id &&
    before.parent === after.parent &&
    before.leaf === after.leaf &&
    before.kind === after.kind &&
    before.description === after.description &&
    before.node === after.node &&
    before.runsOn === after.runsOn &&
    before.parallel === after.parallel &&
    same(before.requires, after.requires)
  );
}
