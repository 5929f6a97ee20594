import type { PhaseDocument } from '../plan-document.ts';
import { lastDone, runsOn, type WorkMoment } from '../world.ts';
import type { Cluster, ClusterNode } from './cluster.ts';

/** The executors that bring a node other software, and which. */
const BRINGS: Readonly<Record<string, keyof ClusterNode['software']>> = {
  update_system: 'planet',
  etcd_upgrade: 'etcd',
};

/** Before the first such phase of a node it has the release of before; a node that nothing is brought to has today's. */
export function setSoftware(cluster: Cluster): void {
  const { tree } = cluster.world;
  const states = lastDone(cluster.world);
  for (const phase of tree.leaves) {
    const part = BRINGS[phase.executor];
    const node = nodeOf(cluster, phase);
    if (part === undefined || node === null) continue;
    const done = states.get(phase.id)?.state === 'completed';
    node.software[part] = done && isLastOf(cluster, phase) ? 'after' : 'before';
  }
}

/** What work did to the software of its node: the last hop of several brings the release of after. */
export function followSoftware(cluster: Cluster, phase: PhaseDocument, moment: WorkMoment): void {
  const part = BRINGS[phase.executor];
  const node = nodeOf(cluster, phase);
  if (part === undefined || node === null || !isLastOf(cluster, phase)) return;
  if (moment === 'executed') node.software[part] = 'after';
  if (moment === 'rolled back') node.software[part] = 'before';
}

function nodeOf({ nodes }: Cluster, phase: PhaseDocument): ClusterNode | null {
  return nodes.get(runsOn(phase)?.hostname ?? '') ?? null;
}

function isLastOf({ world }: Cluster, phase: PhaseDocument): boolean {
  const host = runsOn(phase)?.hostname;
  const same = world.tree.leaves.filter(
    (leaf) => leaf.executor === phase.executor && runsOn(leaf)?.hostname === host,
  );
  return same.at(-1)?.id === phase.id;
}
