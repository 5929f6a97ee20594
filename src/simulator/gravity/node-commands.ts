import type { Cluster } from '../cluster/cluster.ts';
import { type Fault, fault } from '../fault.ts';
import { changedServer } from '../plan/changed-server.ts';
import type { Arguments } from './arguments.ts';
import type { GravityCommand } from './command-row.ts';
import { noSite } from './no-site.ts';
import { notAMaster } from './not-a-master.ts';
import type { GravityProcess } from './process.ts';

/**
 * Commands that begin another operation: what refuses them is simulated, the operation is not, for a simulated cluster
 * has the one it was made with (engine.md 9, commands.md 4 and 5).
 */
export const nodeCommands: readonly GravityCommand[] = [
  {
    words: ['join'],
    flags: { 'advertise-addr': 'text', token: 'text', role: 'text' },
    operands: 1,
    root: true,
    run: (gravity, given) => noSite(gravity) ?? joinRefusal(gravity.cluster, given) ?? notSimulated('join'),
  },
  {
    words: ['remove'],
    flags: { force: 'switch', confirm: 'switch' },
    operands: 1,
    root: true,
    run: (gravity, given) => noSite(gravity) ?? removeRefusal(gravity, given) ?? notSimulated('removal'),
  },
  {
    words: ['gc'],
    flags: { manual: 'switch', confirm: 'switch' },
    shorts: { m: 'manual', c: 'confirm' },
    root: true,
    run: (gravity) =>
      notAMaster(gravity) ?? noSite(gravity) ?? busy(gravity.cluster) ?? notSimulated('collection'),
  },
  {
    words: ['resource', 'create'],
    flags: { force: 'switch', manual: 'switch', confirm: 'switch' },
    shorts: { f: 'force', m: 'manual' },
    operands: 1,
    root: true,
    run: (gravity) =>
      notAMaster(gravity) ?? noSite(gravity) ?? busy(gravity.cluster) ?? notSimulated('resource'),
  },
];

function notSimulated(what: string): Fault {
  return fault(`the ${what} is not simulated: simulate a cluster that is in the middle of one`);
}

/** Removals, collections and new environments are for clusters that do nothing else. */
function busy({ world: { clusterState } }: Cluster): Fault | null {
  return clusterState === 'active' ? null : fault(`the cluster is ${clusterState}`);
}

function joinRefusal({ world, situation, health }: Cluster, given: Arguments): Fault | null {
  const { operation, plan, clusterState } = world;
  if (clusterState === 'active') return health.status === 'degraded' ? fault('cluster is degraded') : null;
  if (operation.type !== 'operation_expand') return fault(`cannot expand ${clusterState} cluster`);
  if (situation.joinsFull) return fault('at most 4 nodes can be joining simultaneously');
  const joining = changedServer(plan);
  if (joining?.cluster_role === 'master')
    return fault(`can't launch another expand while master node ${joining.advertise_ip} is joining`);
  return given.text('role') === 'master'
    ? fault("can't join master node while another node is joining")
    : null;
}

function removeRefusal({ cluster }: GravityProcess, given: Arguments): Fault | null {
  const [name = ''] = given.operands;
  const refused = busy(cluster);
  if (refused !== null) return refused;
  if (cluster.nodes.size === 1) return fault('cannot shrink 1-node cluster, use --force flag to uninstall');
  const node = cluster.nodes.get(name);
  if (node === undefined) return fault(`could not find server matching "${name}"`);
  const masters = [...cluster.nodes.values()].filter(({ role }) => role === 'master');
  if (node.role === 'master' && masters.length === 1) return fault('cannot remove the last master server');
  return node.up || given.has('force')
    ? null
    : fault(`node "${name}" is offline, add --force flag to force removal`);
}
