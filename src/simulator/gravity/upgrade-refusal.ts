import type { Cluster } from '../cluster/cluster.ts';
import { IMAGE_FAULTS } from '../cluster/image-faults.ts';
import { type Fault, fault } from '../fault.ts';
import { phaseState } from '../phase-state.ts';
import { statesOn } from '../world.ts';
import { unreachableByTeleport } from './agent-commands.ts';
import { notAMaster } from './not-a-master.ts';
import type { GravityProcess } from './process.ts';

/**
 * Why `gravity upgrade` begins nothing, in gravity's order (commands.md 3.2). About probes it prints to standard output
 * what is wrong, and the error itself says no more than that it failed.
 */
export function upgradeRefusal(gravity: GravityProcess, force: boolean): Fault | null {
  const { cluster } = gravity;
  return (
    notAMaster(gravity) ??
    sickNodes(gravity, force) ??
    notActive(cluster) ??
    unreachableByTeleport(cluster) ??
    imageFault(cluster, force) ??
    (force ? null : previousUpgrade(cluster))
  );
}

const NOT_STARTED = 'failed to start upgrade operation';

function sickNodes({ cluster, print }: GravityProcess, force: boolean): Fault | null {
  const failed = probesOf(cluster, false);
  const warned = probesOf(cluster, true);
  if (failed.length > 0) {
    print('The upgrade is prohibited because some cluster nodes are currently degraded.\n');
    print(`${failed.join('\n')}\n`);
    print('Please make sure the cluster is healthy before re-attempting the upgrade.\n');
    return fault(NOT_STARTED);
  }
  if (force || warned.length === 0) return null;
  print('Some cluster nodes have active warnings:\n');
  print(`${warned.join('\n')}\n`);
  print('You can provide the --force flag to suppress this message and launch the upgrade anyways.\n');
  return fault(NOT_STARTED);
}

/** Failed probes by node: the critical ones, or those that only warn. */
function probesOf({ health }: Cluster, isWarning: boolean): string[] {
  return health.nodes.flatMap(({ node, answer }) =>
    (answer?.probes ?? [])
      .filter(({ status, severity }) => status === 'failed' && (severity === 'warning') === isWarning)
      .map(({ checker, error }) => `    * ${node.server.hostname}: ${checker} (${error ?? 'failed'})`),
  );
}

function notActive({ world: { clusterState } }: Cluster): Fault | null {
  if (clusterState === 'active') return null;
  return fault(
    `update can only be triggered for active clusters. This cluster is currently ${clusterState}.`,
  );
}

function imageFault({ situation, application }: Cluster, force: boolean): Fault | null {
  const found = situation.image === null ? null : IMAGE_FAULTS[situation.image];
  if (found === null || (found.forced && force)) return null;
  return fault(found.text.replace('%', application.name));
}

/** One closed by hand half-way is neither completed nor rolled back. */
function previousUpgrade({ world, host }: Cluster): Fault | null {
  const { type, state, id } = world.operation;
  if (type !== 'operation_update' || state === 'completed') return null;
  const states = statesOn(world, host);
  const left = world.tree.leaves.some(
    (leaf) => !['unstarted', 'rolled_back'].includes(phaseState(leaf, states)),
  );
  return left
    ? fault(
        `previous upgrade operation ${id} was neither completed nor fully rolled back, use --force flag to proceed`,
      )
    : null;
}
