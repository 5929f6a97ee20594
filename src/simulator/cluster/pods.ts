import { lastDone } from '../world.ts';
import type { Cluster, ClusterNode } from './cluster.ts';

/** A pod of the simulated application or of the system; `node` null: it runs nowhere, and `waits` says why. */
export type SimulatedPod = {
  namespace: string;
  name: string;
  node: ClusterNode | null;
  owner: { kind: string; name: string };
  labels: Record<string, string>;
  waits: string | null;
};

/**
 * The pods there are: DNS on each node, and of the application a database and a web server on each that is not drained.
 * The first of the database is always where the next drain is: it was evicted from the nodes drained before.
 * A pod that is held has moved to the node whose drain comes next; its budget is tight because another one fits nowhere.
 */
export function podsOf(cluster: Cluster): SimulatedPod[] {
  const { name: namespace } = cluster.application;
  const nodes = [...cluster.nodes.values()];
  const next = nextDrained(cluster);
  const first = next === undefined ? 0 : nodes.indexOf(next);
  const all = nodes.flatMap((node, index): SimulatedPod[] => {
    const { hostname } = node.server;
    const dns = pod(node, { namespace: 'kube-system', name: `dns-${hostname}`, owner: ['DaemonSet', 'dns'] });
    if (isDrained(cluster, node)) return [dns];
    const db = {
      namespace,
      name: `${namespace}-db-${(index - first + nodes.length) % nodes.length}`,
      owner: ['StatefulSet', `${namespace}-db`],
    } as const;
    return [
      dns,
      pod(node, db),
      pod(node, { namespace, name: `web-${hostname}`, owner: ['ReplicaSet', 'web'] }),
    ];
  });
  return cluster.heldPods.size === 0 ? all : withHeld(cluster, all);
}

/** What keeps the drain of a node from its end, `namespace/name`. */
export function podsHeldOn(cluster: Cluster, node: ClusterNode): string[] {
  return node === nextDrained(cluster) ? [...cluster.heldPods] : [];
}

/** Between its drain and its being uncordoned only what belongs to the node itself runs on it. */
function isDrained(cluster: Cluster, { server: { hostname } }: ClusterNode): boolean {
  return (
    cluster.cordoned.get(hostname) ??
    (isDone(cluster, hostname, /^drain(_node)?$/) && !isDone(cluster, hostname, /^uncordon(_node)?$/))
  );
}

function isDone({ world }: Cluster, hostname: string, executor: RegExp): boolean {
  const states = lastDone(world);
  return world.tree.leaves.some(
    ({ id, executor: its, data }) =>
      executor.test(its) && data?.server?.hostname === hostname && states.get(id)?.state === 'completed',
  );
}

function nextDrained({ world, nodes }: Cluster): ClusterNode | undefined {
  const states = lastDone(world);
  const next = world.tree.leaves.find(
    ({ id, executor }) => /^drain(_node)?$/.test(executor) && states.get(id)?.state !== 'completed',
  );
  return nodes.get(next?.data?.server?.hostname ?? '');
}

function withHeld(cluster: Cluster, all: readonly SimulatedPod[]): SimulatedPod[] {
  const node = nextDrained(cluster) ?? null;
  const held = [...cluster.heldPods].map((path): SimulatedPod => {
    const [namespace = '', name = ''] = path.split('/');
    return pod(node, { namespace, name, owner: ['StatefulSet', name.replace(/-\d+$/, '')] });
  });
  const others = all.filter(({ namespace, name }) => !cluster.heldPods.has(`${namespace}/${name}`));
  const homeless = others.findLast(({ owner }) => owner.name === held[0]?.owner.name);
  const waits = `0/${cluster.nodes.size} nodes are available: ${cluster.nodes.size} Insufficient memory.`;
  return [...others.map((each) => (each === homeless ? { ...each, node: null, waits } : each)), ...held];
}

function pod(
  node: ClusterNode | null,
  {
    namespace,
    name,
    owner: [kind, owner],
  }: { namespace: string; name: string; owner: readonly [string, string] },
): SimulatedPod {
  return { namespace, name, node, owner: { kind, name: owner }, labels: { app: owner }, waits: null };
}
