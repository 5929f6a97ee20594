import type { Phase } from '../../protocol/phase.ts';
import type { Cause } from '../../protocol/why.ts';
import { observedOf } from '../observed-plan.ts';
import type { Asked } from './asked.ts';
import { failedCause } from './failed-cause.ts';
import { adviceOf } from './failure-advice.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import type { Answer } from './reason.ts';

/**
 * Errors that say how it ended and not what was wrong: gravity's plan keeps the innermost one, and the sentence of a run
 * ends in it.
 */
const nameless =
  /(context deadline exceeded|context canceled|timed out waiting for the condition|exit status \d+|etcdserver: [\w ]+|request timed out|i\/o timeout|backoff limit\b.*)\W*$/i;

/** Whether an error tells nothing but how it ended. */
export function isNameless(error: string | null): boolean {
  return error === null || nameless.test(error);
}

/** A failure that is not in the table: what such phases usually fail for, and where the full words are. */
export function anyFailure(
  asked: Asked,
  phase: Phase,
  { text, causes }: Failure = { text: phase.error, causes: [failedCause(asked, phase)] },
): Answer {
  const advice = adviceOf(asked, phase, text);
  const on = phase.runsOn === null ? '' : `, on ${phase.runsOn}`;
  return {
    question: `Why did ${phase.id} fail?`,
    causes: [...causes, ...advice.causes],
    next: isNameless(text)
      ? advice.next
      : next.hand(
          `fix what the error names${on}; the logs there tell more`,
          `${gravityPath(asked.cluster)} plan`,
          'journalctl -u gravity-agent.service --no-pager -n 100',
          'tail -n 100 /var/log/gravity-system.log',
        ),
    after: retryWords(asked, phase),
  };
}

/** The error, null where none was recorded, and what is known of how it came about. */
type Failure = { text: string | null; causes: readonly Cause[] };

/** How it is tried again: what failed is its way forward, or its way back. */
function retryWords({ cluster }: Asked, { id }: Phase): string {
  return observedOf(cluster, { id })?.way === 'rollback'
    ? `then roll it back again: phase.rollback --phase ${id}`
    : `then retry: operation.step --phase ${id}; or roll it back: phase.rollback`;
}
