import type { Cluster } from '../cluster/cluster.ts';
import { table } from '../display/table.ts';
import { dialUnanswered } from '../engine/dial.ts';
import { type Fault, fault } from '../fault.ts';
import { updateAgents } from '../update-agents.ts';
import type { GravityCommand } from './command-row.ts';
import { noSite } from './no-site.ts';
import { printStep } from './print-step.ts';
import type { GravityProcess } from './process.ts';

/** What `agent shutdown` says where no kubectl answers (recordings/cli/active-agent-shutdown). */
const NO_KUBECTL =
  'gravity exec --no-tty --no-interactive /usr/bin/kubectl get nodes --output ' +
  'jsonpath={.items[*].status.addresses[?(@.type=="InternalIP")].address} : exit status 255';

/** `gravity agent …`: the update agents of the nodes (commands.md 3.4). */
export const agentCommands: readonly GravityCommand[] = [
  {
    words: ['agent', 'status'],
    run: (gravity) => {
      printStep(gravity, 'Collecting RPC agent status');
      return noSite(gravity) ?? status(gravity);
    },
  },
  {
    words: ['agent', 'deploy'],
    flags: { leader: 'text', node: 'text', version: 'text' },
    run: (gravity) => deployAgents(gravity),
  },
  {
    words: ['agent', 'shutdown'],
    root: true,
    run: (gravity) => {
      printStep(gravity, 'Shutting down the agents');
      if (!gravity.cluster.siteAnswers()) return { messages: [NO_KUBECTL], original: 'exit status 255' };
      return shutdown(gravity);
    },
  },
];

/** The nodes on which no update agent answers. */
export function offlineAgents({ nodes, world }: Cluster): string[] {
  return [...nodes.values()]
    .filter(({ up, server }) => !up || world.agentsDown.has(server.hostname))
    .map(({ server }) => server.hostname);
}

/** The update agents as `agent status` shows them. */
export function agentStatusTable(cluster: Cluster): string {
  const offline = new Set(offlineAgents(cluster));
  const rows = [...cluster.nodes.values()].map(({ server: { hostname, advertise_ip } }) =>
    offline.has(hostname)
      ? [hostname, advertise_ip, 'Offline', '']
      : [hostname, advertise_ip, 'Deployed', cluster.world.plan.gravity_package.version],
  );
  return table(['Hostname', 'Address', 'Status', 'Version'], rows);
}

/** Deploys update agents over Teleport, which must reach every node (commands.md 3.4). */
export async function deployAgents(gravity: GravityProcess): Promise<Fault | null> {
  printStep(gravity, 'Deploying agents on the cluster nodes');
  const dark = noSite(gravity);
  if (dark !== null) return dark;
  const { world, nodes } = gravity.cluster;
  const unreachable = unreachableByTeleport(gravity.cluster);
  if (unreachable !== null) return unreachable;
  for (const { server } of nodes.values()) {
    await Promise.race([world.clock.sleep(2000), gravity.life.over]);
    if (gravity.life.ended()) return null;
    updateAgents.start(world, server.hostname);
    printStep(gravity, `Deployed agent on ${server.hostname} (${server.advertise_ip})`);
  }
  printStep(gravity, 'Agents deployed');
  return null;
}

/** Teleport must reach every node that gets an agent. */
export function unreachableByTeleport(cluster: Cluster): Fault | null {
  const off = [...cluster.nodes.values()].filter(({ up }) => !up).map(({ server }) => server.hostname);
  return off.length === 0 ? null : fault(teleportText(cluster, off));
}

/** As gravity says it since 7.0, with the unit to look at. */
function teleportText({ world }: Cluster, hosts: readonly string[]): string {
  const found = /"teleport","version":"([^"]*)"/.exec(JSON.stringify(world.plan.phases));
  const unit = `gravity__gravitational.io__teleport__${found?.[1] ?? '<version>'}`;
  return (
    `Teleport is unavailable on the following cluster nodes: ${hosts.join(', ')}.\n\n` +
    'Please check the status and logs of Teleport systemd service on the specified\n' +
    "nodes and make sure it's running:\n\n" +
    `systemctl status ${unit}\njournalctl -u ${unit} --no-pager\n\n` +
    'After fixing the issue, "./gravity status" can be used to confirm the status of\n' +
    'Teleport on each node using "remote access" field.\n\n' +
    'Once all Teleport nodes are running, launch the upgrade again.\n'
  );
}

async function status(gravity: GravityProcess): Promise<Fault | null> {
  const { cluster, life } = gravity;
  const offline = offlineAgents(cluster).length > 0;
  if (offline) await dialUnanswered(cluster.world, life);
  gravity.print(agentStatusTable(cluster));
  return offline ? fault('some agents are offline') : null;
}

function shutdown({ cluster }: GravityProcess): null {
  for (const hostname of cluster.nodes.keys()) updateAgents.stop(cluster.world, hostname);
  return null;
}
