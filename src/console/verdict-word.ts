import type { OutageCause } from '../model/outage/cause.ts';

/** An expected outage lasts as long as its phase; what the plan stopped and starts again later is told apart. */
export function verdictWord({ phase, stopped }: OutageCause): string {
  if (phase === null) return 'UNEXPECTED';
  return stopped ? 'STOPPED BY PLAN' : 'EXPECTED';
}
