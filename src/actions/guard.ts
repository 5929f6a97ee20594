import type { Cluster } from '../protocol/cluster.ts';
import type { Facts, Refusal } from './row.ts';

/** A rule that may say why not. */
export type Guard<Args = Record<string, unknown>> = (
  cluster: Cluster,
  args: Args,
  facts: Facts,
) => Refusal | null;

/** Rules in the order gravity checks them: the first that refuses speaks. */
export function inOrder<Args>(...guards: Guard<Args>[]): Guard<Args> {
  return (cluster, args, facts) => {
    for (const guard of guards) {
      const refusal = guard(cluster, args, facts);
      if (refusal) return refusal;
    }
    return null;
  };
}

export function refuse(sentence: string, nextStep: string | null): Refusal {
  return { sentence, nextStep };
}
