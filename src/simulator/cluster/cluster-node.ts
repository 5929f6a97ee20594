import type { ServerDocument } from '../plan-document.ts';
import type { ClusterNode } from './cluster.ts';

/** A node that is up and well. */
export function newNode(server: ServerDocument): ClusterNode {
  return {
    server,
    role: server.cluster_role === 'master' ? 'master' : 'node',
    up: true,
    planet: 'up',
    swaps: 0,
    mayLead: true,
    etcdStopped: false,
    software: { planet: 'after', etcd: 'after' },
    diskPercent: 37,
    probes: new Map(),
  };
}
