import type { Phase } from '../../protocol/phase.ts';
import type { Cause } from '../../protocol/why.ts';
import { observedOf } from '../observed-plan.ts';
import type { Asked } from './asked.ts';

/** That a phase failed, with its error, where that is known from: by the plan, or by its run while the plan does not show it yet. */
export function failedCause({ cluster }: Asked, phase: Phase): Cause {
  const observed = observedOf(cluster, phase);
  if (observed?.state === 'failed') {
    const way = observed.way === 'rollback' ? 'its rollback failed' : 'it failed';
    const on = observed.node === null ? '' : ` on ${observed.node.split('/')[0]}`;
    const text = `${way}${on}: ${observed.error ?? 'no error was recorded'} (the plan here does not show it before the next command)`;
    return { text, source: 'run', at: observed.since };
  }
  const error = phase.error ?? 'no error was recorded (its state was set by hand, or its node kept it)';
  return { text: `it failed: ${error}`, source: 'plan', at: phase.updated };
}
