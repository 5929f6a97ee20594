import { runsOn, type WorkMoment } from '../world.ts';
import type { Cluster, ClusterNode } from './cluster.ts';

type Effect = (node: ClusterNode, moment: WorkMoment) => void;

/** What the work of an executor does to the node it runs on (health.md 6, engine-observed 2). */
const EFFECTS: Readonly<Record<string, Effect>> = {
  update_system: (node, moment) => {
    node.upgrading = moment === 'began';
  },
  restart: (node, moment) => {
    node.upgrading = moment === 'began';
  },
  etcd_shutdown: (node, moment) => {
    if (moment === 'executed') node.etcdStopped = true;
    if (moment === 'rolled back') node.etcdStopped = false;
  },
  etcd_restart: (node, moment) => {
    if (moment === 'executed') node.etcdStopped = false;
    if (moment === 'rolled back') node.etcdStopped = true;
  },
};

/** Lets the nodes feel what the phases do to them. */
export function followWork(cluster: Cluster): void {
  cluster.world.watchers.add((phase, moment) => {
    const server = runsOn(phase);
    const node = server === null ? undefined : cluster.nodes.get(server.hostname);
    if (node !== undefined) EFFECTS[phase.executor]?.(node, moment);
  });
}
