import type { Cause } from '../../protocol/why.ts';
import type { Known } from './asked.ts';

type Source = Cause['source'];

/** A cause with the age of the source it is known from: what is polled was read then, what was fetched is of now. */
export function told({ cluster, facts }: Known, source: Source, text: string): Cause {
  return { text, source, at: ageOf[source] ? cluster.sources[ageOf[source]].lastGood : instant(facts.now) };
}

/** The sources that are polled; the others are asked when the question is. */
const ageOf: Readonly<
  Record<Source, 'plan' | 'status' | 'health' | 'history' | 'agents' | 'operations' | null>
> = {
  plan: 'plan',
  status: 'status',
  health: 'health',
  history: 'history',
  agents: 'agents',
  operations: 'operations',
  kubernetes: null,
  run: null,
  agent: null,
  gravity: null,
};

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
