import { table } from '../display/table.ts';
import { type Fault, fault } from '../fault.ts';
import { goTime } from '../go-time.ts';
import type { GravityCommand } from './command-row.ts';
import type { GravityProcess } from './process.ts';

const NO_SITE =
  'Get "https://gravity-site.kube-system.svc.cluster.local:3009/portal/v1/localsite": ' +
  'failed to resolve gravity-site.kube-system.svc.cluster.local:3009\n' +
  '\tfailed to resolve gravity-site.kube-system.svc.cluster.local:3009';

/** What a command says that needs the cluster's API while it does not answer (recordings/cli/active-report). */
export function noSite({ cluster }: GravityProcess): Fault | null {
  return cluster.siteAnswers() ? null : fault(NO_SITE);
}

/** `gravity agent …`: the update agents of the nodes (commands.md 3.4). */
export const agentCommands: readonly GravityCommand[] = [
  {
    words: ['agent', 'status'],
    run: (gravity) => {
      step(gravity, 'Collecting RPC agent status');
      return noSite(gravity) ?? status(gravity);
    },
  },
  {
    words: ['agent', 'deploy'],
    flags: { leader: 'text', node: 'text', version: 'text' },
    run: async (gravity) => {
      step(gravity, 'Deploying agents on the cluster nodes');
      return noSite(gravity) ?? deploy(gravity);
    },
  },
  {
    words: ['agent', 'shutdown'],
    root: true,
    run: (gravity) => {
      step(gravity, 'Shutting down the agents');
      return noSite(gravity) ?? shutdown(gravity);
    },
  },
];

function status({ cluster, out }: GravityProcess): Fault | null {
  const { agentsDown } = cluster.world;
  const rows = [...cluster.nodes.values()].map(({ server, up }) => {
    const offline = !up || agentsDown.has(server.hostname);
    return [
      server.hostname,
      server.advertise_ip,
      offline ? 'Offline' : 'Deployed',
      offline ? '' : cluster.gravityVersion,
    ];
  });
  out(table(['Hostname', 'Address', 'Status', 'Version'], rows));
  return rows.some(([, , state]) => state === 'Offline') ? fault('some agents are offline') : null;
}

async function deploy(gravity: GravityProcess): Promise<Fault | null> {
  const { world, nodes } = gravity.cluster;
  const unreachable = [...nodes.values()].filter(({ up }) => !up).map(({ server }) => server.hostname);
  if (unreachable.length > 0) return fault(`teleport nodes are unavailable: ${unreachable.join(', ')}`);
  for (const { server } of nodes.values()) {
    await Promise.race([world.clock.sleep(2000), gravity.life.over]);
    if (gravity.life.ended()) return null;
    world.agentsDown.delete(server.hostname);
    step(gravity, `Deployed agent on ${server.hostname} (${server.advertise_ip})`);
  }
  step(gravity, 'Agents deployed');
  return null;
}

function shutdown({ cluster }: GravityProcess): null {
  for (const hostname of cluster.nodes.keys()) cluster.world.agentsDown.add(hostname);
  return null;
}

/** A timestamped line of progress: the stamp in bold (data.md 4.8). */
function step({ cluster, out }: GravityProcess, text: string): void {
  out(`\u001b[1m${goTime.line(cluster.world.clock.now())}\u001b[0m\t${text}\n`);
}
