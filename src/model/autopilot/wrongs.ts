import type { Cluster } from '../../protocol/cluster.ts';
import { healthKnowledge } from '../health-age.ts';
import { type NodeRow, nodeRows } from '../node-rows.ts';

/**
 * One thing that is wrong with the cluster now, by the name that `Autopilot` keeps it under. `checker` is null for a node
 * that as a whole does not answer, or is not known to; `node` too for the health endpoint. `said` is a sentence, `well`
 * what it would be to wait for.
 */
export type Wrong = {
  what: string;
  node: string | null;
  checker: string | null;
  silent: boolean;
  said: string;
  well: string;
};

/** All that is wrong by the last word of health, expected or not. Warnings are not: gravity calls a node with nothing but those healthy. */
export function wrongs(cluster: Cluster, now: number): Wrong[] {
  return [...unseeing(cluster, now), ...nodeRows(cluster, 'health').flatMap((row) => ofNode(cluster, row))];
}

/** Without health no outage can be seen, so that is one. */
function unseeing(cluster: Cluster, now: number): Wrong[] {
  if (healthKnowledge(cluster, now).is === 'fresh') return [];
  const said = 'the health of the nodes is not known, so that an outage would not be seen';
  const well = 'a fresh reading of health';
  return [{ what: 'health', node: null, checker: null, silent: false, said, well }];
}

function ofNode(cluster: Cluster, row: NodeRow): Wrong[] {
  const { name, vanished, state } = row;
  const whole = { what: name, node: name, checker: null };
  if (vanished || state === 'offline')
    return [{ ...whole, silent: true, said: `${name} does not answer`, well: `${name} to answer` }];
  const failed = row.probes.filter((probe) => probe.state === 'failed' && probe.severity !== 'warning');
  if (failed.length > 0) return [...new Set(failed.map(({ checker }) => checker))].map(ofProbe(name));
  if (state === 'degraded')
    return [{ ...whole, silent: false, said: `${name} is degraded`, well: `${name} to be healthy` }];
  // Before the endpoint has spoken at all that is its fault, not the node's.
  if (state !== 'unknown' || (cluster.health?.nodes.length ?? 0) === 0) return [];
  return [
    { ...whole, silent: false, said: `the state of ${name} is unknown`, well: `${name} to be heard of` },
  ];
}

function ofProbe(node: string): (checker: string) => Wrong {
  return (checker) => ({
    what: `${node} ${checker}`,
    node,
    checker,
    silent: false,
    said: `${checker} fails on ${node}`,
    well: `${checker} on ${node}`,
  });
}
