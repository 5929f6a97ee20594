import type { Asked } from './asked.ts';
import type { Answer, Reason } from './reason.ts';

/** Rows about the operation as a whole: they answer where no phase is asked about, or there is no plan to look it up in. */
export function whole(id: string, answer: (asked: Asked) => Answer | null): Reason {
  return {
    id,
    explain(asked) {
      const { question, cluster } = asked;
      if (question.refusal !== null || (question.phase !== null && cluster.plan !== null)) return null;
      return answer(asked);
    },
  };
}
