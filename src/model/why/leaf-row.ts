import { isClosed, meantOperation } from '../active-operation.ts';
import type { Asked } from './asked.ts';
import { type KnownPhase, knownPhase } from './known.ts';
import type { Answer, Reason } from './reason.ts';

/** A row about one phase of the plan as it is, where no refusal is asked about; of a closed operation only what is completed counts. */
export function leafRow(id: string, answer: (asked: Asked, known: KnownPhase) => Answer | null): Reason {
  return {
    id,
    explain(asked) {
      if (asked.question.refusal !== null) return null;
      const known = knownPhase(asked);
      if (known === null) return null;
      const meant = meantOperation(asked.cluster);
      if (meant !== null && isClosed(meant) && known.phase.state !== 'completed') return null;
      return answer(asked, known);
    },
  };
}
