import { nodeRows } from '../model/node-rows.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { WhyAbout } from './why-overlay.ts';

/**
 * How what is asked about stands, told apart from how it stood: the phase's state, stamp and error, or all states of the
 * operation, and the newest run on the cluster; of a node what the sources say of it. An answer given for another one may
 * no longer hold.
 */
export function whyStanding(cluster: Cluster, { phase, node }: Pick<WhyAbout, 'phase' | 'node'>): string {
  if (node) return JSON.stringify(nodeRows(cluster).find(({ name }) => name === node) ?? null);
  const { plan, runs } = cluster;
  const meant = (plan?.phases ?? []).filter(({ id, leaf }) => (phase === null ? leaf : id === phase));
  const run = runs.find(({ lane }) => lane === 'cluster');
  const phases = meant.map(({ state, updated, error }) => [state, updated, error]);
  return JSON.stringify([plan?.operation.id, run?.id, run?.state, ...phases]);
}
