import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import { answersNow, etcdMembers } from './etcd-quorum.ts';
import { phaseKind } from './phase-kinds.ts';
import { readingAt } from './reading-at.ts';

/**
 * A master whose etcd a leaf changed at `changed` (epoch ms, the agent's clock) and that has not been seen to answer
 * since: health was read before that, or after it and says no.
 */
export type Unreported = { node: string; changed: number; read: 'before' | 'after' };

/** Masters of which health cannot yet say that they are well again; none where nothing touched their etcd. */
export function unreportedMasters(cluster: Cluster): Unreported[] {
  const collected = readingAt(cluster);
  return etcdMembers(cluster).flatMap((member): Unreported[] => {
    const changed = lastChange(cluster, member.name);
    if (changed === null || collected === null) return [];
    if (collected < changed) return [{ node: member.name, changed, read: 'before' }];
    return answersNow(cluster, member) ? [] : [{ node: member.name, changed, read: 'after' }];
  });
}

/** When the last leaf that does something to a member's etcd ended, either way. */
function lastChange({ plan, passages }: Cluster, node: string): number | null {
  const ends = (plan?.phases ?? [])
    .filter((phase) => phase.leaf && touchesEtcd(phase) && (phase.runsOn ?? phase.node) === node)
    .flatMap(({ id }) => passages[id]?.ended ?? []);
  return ends.length === 0 ? null : Math.max(...ends.map((ended) => Date.parse(ended)));
}

function touchesEtcd({ kind, state }: Phase): boolean {
  return phaseKind(kind).etcd !== null && state !== 'unstarted';
}
