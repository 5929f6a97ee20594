import { phaseKind } from '../../src/model/phase-kinds.ts';
import type { Phase } from '../../src/protocol/phase.ts';
import { chance } from '../../src/simulator/chance.ts';

/** The factor of a kind lies between a fifth and five times its default, each order of size as likely. */
const kindMost = 5;
/** A node is up to 30% slower than the others, or as much faster. */
const nodeMost = 1.3;
/** One leaf of the plan takes this many times as long as it should. */
const outlier = 10;

/**
 * What each leaf of an upgrade takes (ms), by a truth that nobody is told: the default of its kind as the product has it,
 * times a factor of the kind, times one of the node the leaf is about, and one leaf of all takes ten times as long.
 */
export function hiddenDurations(seed: number, leaves: readonly Phase[]): ReadonlyMap<string, number> {
  const between = (most: number, what: string) => most ** (2 * chance(`${seed} ${what}`) - 1);
  const stuck = leaves[Math.floor(chance(`${seed} stuck`) * leaves.length)];
  return new Map(
    leaves.map((leaf) => {
      const node = leaf.node === null ? 1 : between(nodeMost, `node ${leaf.node}`);
      const usual = phaseKind(leaf.kind).p50 * 1000 * between(kindMost, `kind ${leaf.kind}`) * node;
      return [leaf.id, leaf === stuck ? usual * outlier : usual];
    }),
  );
}
