import { chance } from '../chance.ts';
import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import { type Fault, fault } from '../fault.ts';
import type { GravityProcess } from '../gravity/process.ts';

/** `etcdctl cluster-health`, which gravity itself asks before it copies its plan (engine-observed 9). Its words are etcd's own, not recorded here. */
export function etcdHealth({ cluster, out }: GravityProcess): Fault | null {
  const masters = [...cluster.nodes.values()].filter(({ role }) => role === 'master');
  if (!cluster.world.etcdAnswers()) {
    out('cluster may be unhealthy: failed to list members\n');
    return fault(
      'client: etcd cluster is unavailable or misconfigured; error #0: dial tcp 127.0.0.1:2379: connect: connection refused',
    );
  }
  for (const node of masters) out(`${memberLine(cluster, node)}\n`);
  const sick = masters.filter((node) => !answers(node));
  out(sick.length === 0 ? 'cluster is healthy\n' : 'cluster is degraded\n');
  return sick.length === 0 ? null : fault('exit status 5');
}

function answers({ up, planet, etcdStopped }: ClusterNode): boolean {
  return up && planet !== 'down' && !etcdStopped;
}

function memberLine(cluster: Cluster, node: ClusterNode): string {
  const { advertise_ip } = node.server;
  const url = `https://${advertise_ip}:2379`;
  const half = (part: string): string =>
    Math.floor(chance(`${cluster.name}.${advertise_ip}.${part}`) * 0xffffffff)
      .toString(16)
      .padStart(8, '0');
  const member = `${half('a')}${half('b')}`;
  return answers(node)
    ? `member ${member} is healthy: got healthy result from ${url}`
    : `member ${member} is unreachable: [${url}] are all unreachable`;
}
