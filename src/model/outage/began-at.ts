import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { phaseKind } from '../phase-kinds.ts';

/** A plan is read every two to six seconds: so much later than it began a leaf may be seen to have. */
const seenLate = 10_000;

/**
 * When (epoch ms) a leaf that is in progress, or is over, began at the earliest. Of one in progress gravity's stamp tells;
 * of one that is over that stamp is of its end, and what was seen of it is late, or nothing. Null where nothing is known.
 */
export function beganAtEarliest({ passages }: Cluster, { id, kind, state, updated }: Phase): number | null {
  const { began = null, ended = null } = passages[id] ?? {};
  if (state === 'in_progress') return earliest(began, updated);
  if (began !== null) return Date.parse(began) - seenLate;
  const end = earliest(ended, updated);
  return end === null ? null : end - phaseKind(kind).p90 * 1000 - seenLate;
}

function earliest(...instants: (string | null)[]): number | null {
  const known = instants.filter((each) => each !== null).map((each) => Date.parse(each));
  return known.length === 0 ? null : Math.min(...known);
}
