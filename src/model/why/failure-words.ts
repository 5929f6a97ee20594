import type { Cause, NextStep } from '../../protocol/why.ts';
import { next } from './next.ts';
import type { Answer } from './reason.ts';
import type { Refused } from './refusal.ts';

/** The node a failure happened on. */
export function failedOn({ asked, phase }: Refused): string {
  return phase?.runsOn ?? phase?.node ?? asked.cluster.place.node ?? 'this node';
}

/** The question a failure answers. */
export function aboutFailure({ phase }: Refused): { question: string } {
  if (phase === null) return { question: 'Why was it refused?' };
  const isDone = phase.state === 'failed';
  return { question: isDone ? `Why did ${phase.id} fail?` : `Why does ${phase.id} not run?` };
}

/** What it failed for has passed: a failed leaf needs no force (engine-observed 2). */
export function executeAgain(refused: Refused, causes: readonly Cause[]): Answer {
  const { phase, said } = refused;
  const step: NextStep =
    phase === null
      ? next.wait('try again')
      : next.action(
          'execute it again: what it failed for has passed',
          phase.leaf ? 'operation.step' : 'phase.execute',
          { phase: phase.id },
        );
  return { ...aboutFailure(refused), causes: [said, ...causes], next: step, after: null };
}

/** What comes after the hand work. */
export function stepAgain(phase: string | undefined): string {
  return phase === undefined ? 'then try again' : `then execute it again: operation.step --phase ${phase}`;
}
