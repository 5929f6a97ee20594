import type { OutageCause } from '../model/outage/cause.ts';

/**
 * An expected outage lasts as long as its phase; what the plan stopped and starts again later is told apart. While a phase
 * stops the planet of this node, nothing is known of the others.
 */
export function verdictWord({ phase, stopped, unseen }: OutageCause): string {
  if (phase === null) return 'UNEXPECTED';
  if (unseen) return 'UNKNOWN';
  return stopped ? 'STOPPED BY PLAN' : 'EXPECTED';
}
