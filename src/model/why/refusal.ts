import type { Phase } from '../../protocol/phase.ts';
import type { Cause } from '../../protocol/why.ts';
import { indexPlan, type PlanIndex } from '../phase-tree.ts';
import type { Asked } from './asked.ts';
import type { Again, Answer, Reason } from './reason.ts';
import { sentences } from './sentences.ts';

/**
 * What a row knows when its words were met: the words with the names in them, the sentence as a cause, and the phase the
 * question is about.
 */
export type Refused = {
  asked: Asked;
  again: Again;
  words: RegExpMatchArray;
  said: Cause;
  index: PlanIndex | null;
  phase: Phase | null;
};

/** A refusal or an error of gravity: words of it that are stable (commands.md), and what they mean here and now. */
export type RefusalRow = { id: string; says: RegExp; answer(refused: Refused): Answer | null };

export function refusalReason({ id, says, answer }: RefusalRow): Reason {
  return {
    id,
    explain(asked, again) {
      for (const { text, cause } of sentences(asked)) {
        const words = text.match(says);
        if (words === null) continue;
        const index = asked.cluster.plan === null ? null : indexPlan(asked.cluster.plan);
        const phase = index?.byId.get(asked.question.phase ?? '') ?? null;
        const found = answer({ asked, again, words, said: cause, index, phase });
        if (found !== null) return found;
      }
      return null;
    },
  };
}
