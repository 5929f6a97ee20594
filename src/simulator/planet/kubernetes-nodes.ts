import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import { kubectlTable } from './kubectl-table.ts';
import type { KubectlWords } from './kubectl-words.ts';
import { ownColumns, type Paths } from './own-columns.ts';
import { scheduling } from './scheduling.ts';
import { shortSpan } from './short-span.ts';

/** `kubectl get nodes`: the usual table, `wide`, or columns of one's own. */
export function kubernetesNodes(cluster: Cluster, { output }: KubectlWords): string {
  const nodes = [...cluster.nodes.values()];
  const own = ownColumns(
    output,
    nodes.map((node) => paths(cluster, node)),
  );
  if (own !== null) return own;
  const wide = output === 'wide';
  const rows = nodes.map((node) => [...usual(cluster, node), ...(wide ? more(node) : [])]);
  return kubectlTable([...USUAL, ...(wide ? WIDE : [])], rows);
}

const USUAL = ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'];
const WIDE = ['INTERNAL-IP', 'EXTERNAL-IP', 'OS-IMAGE', 'KERNEL-VERSION', 'CONTAINER-RUNTIME'];

function usual(cluster: Cluster, node: ClusterNode): string[] {
  const ready = node.up && node.planet === 'up' ? 'Ready' : 'NotReady';
  const status = scheduling.isCordoned(cluster, node) ? `${ready},SchedulingDisabled` : ready;
  const age = shortSpan(cluster.world.clock.now() - cluster.installed.created);
  return [nameOf(node), status, node.role, age, 'v1.17.9'];
}

function more({ server }: ClusterNode): string[] {
  const system = 'Debian GNU/Linux 9 (stretch)';
  return [server.advertise_ip, '<none>', system, '5.4.17-uek', 'docker://18.9.9'];
}

/** Kubernetes knows a node by its `nodename`, else by its address. */
function nameOf({ server }: ClusterNode): string {
  const { nodename } = server;
  return typeof nodename === 'string' && nodename !== '' ? nodename : server.advertise_ip;
}

function paths(cluster: Cluster, node: ClusterNode): Paths {
  const cordoned = scheduling.isCordoned(cluster, node);
  const taints = [
    ...(scheduling.isTainted(cluster, node) ? ['gravitational.io/runlevel'] : []),
    ...(cordoned ? ['node.kubernetes.io/unschedulable'] : []),
  ];
  return {
    '.metadata.name': nameOf(node),
    '.spec.unschedulable': cordoned ? 'true' : '',
    '.spec.taints[*].key': taints.join(','),
  };
}
