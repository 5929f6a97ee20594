import type { States } from '../phase-state.ts';
import type { PhaseDocument, PlanDocument } from '../plan-document.ts';

/**
 * The red lines under the text and short plan about failed phases (recordings/story/07-plan-text-failed); nothing when
 * none failed. Of each group only the first: the search gives a group up there, but goes on behind it.
 */
export function failureFooter({ phases }: PlanDocument, states: States): string {
  return firstFailures(phases, states)
    .map((phase) => failureText(phase, states))
    .join('');
}

function firstFailures(phases: readonly PhaseDocument[], states: States): PhaseDocument[] {
  const found: PhaseDocument[] = [];
  for (const phase of phases) {
    if (states.get(phase.id)?.state === 'failed') return [...found, phase];
    found.push(...firstFailures(phase.phases ?? [], states));
  }
  return found;
}

function failureText({ id, description }: PhaseDocument, states: States): string {
  const message = states.get(id)?.error?.error?.message;
  const head = `The ${id} phase (${JSON.stringify(description ?? '')}) has failed`;
  const rest = message === undefined ? '' : `\u001b[31m\n\t${message}\n\u001b[0m`;
  return `\u001b[31m${head}\u001b[0m${rest}`;
}
