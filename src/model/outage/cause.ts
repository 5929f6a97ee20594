/**
 * The phase that causes a failure, or null: none does, it is unexpected. `stopped`: that phase is over, and a later one of
 * the plan starts again what it stopped. `unseen`: the phase stops this node's own planet, so that what the sources say of
 * other nodes is not known to be so. `after`: the phase is over, and the failure is still shown for a while.
 */
export type OutageCause = { phase: string | null; stopped?: true; unseen?: true; after?: true };

/**
 * A failed check, or with `checker` null a node that as a whole does not answer, is degraded or unknown. `began`: when it
 * began (epoch ms), where the timeline tells; else it is what the sources show now, and they tell since when.
 */
export type Failure = { node: string; checker: string | null; began?: number };
