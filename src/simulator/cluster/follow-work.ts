import { holdElection } from '../health/election.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { runsOn, type WorkMoment } from '../world.ts';
import type { Cluster, ClusterNode } from './cluster.ts';
import { followSoftware } from './node-software.ts';
import { replacePlanet } from './replace-planet.ts';

type Work = { cluster: Cluster; node: ClusterNode; phase: PhaseDocument };

/** What the work of an executor does to the node it runs on (health.md 6, engine-observed 2). */
const EFFECTS: Readonly<Record<string, (work: Work, moment: WorkMoment) => void>> = {
  update_system: replacePlanet,
  restart: replacePlanet,
  etcd_shutdown: ({ node }, moment) => {
    if (moment === 'executed') node.etcdStopped = true;
    if (moment === 'rolled back') node.etcdStopped = false;
  },
  etcd_restart: ({ node }, moment) => {
    if (moment === 'executed') node.etcdStopped = false;
    if (moment === 'rolled back') node.etcdStopped = true;
  },
};

/** Lets the nodes feel what the phases do to them. */
export function followWork(cluster: Cluster): void {
  cluster.world.watchers.add((phase, moment) => {
    const server = runsOn(phase);
    const node = server === null ? undefined : cluster.nodes.get(server.hostname);
    if (moment === 'executed') elect(cluster, phase);
    followSoftware(cluster, phase, moment);
    if (node !== undefined) EFFECTS[phase.executor]?.({ cluster, node, phase }, moment);
  });
}

/** Who may lead is a phase of the plan: the first master still allowed takes over (operations.md). */
function elect(cluster: Cluster, { data }: PhaseDocument): void {
  const status = data?.['election_status'];
  if (typeof status !== 'object' || status === null) return;
  const enabled = addresses('enable_server' in status ? status.enable_server : []);
  const disabled = addresses('disable_servers' in status ? status.disable_servers : []);
  for (const node of cluster.nodes.values()) {
    const { advertise_ip } = node.server;
    if (enabled.includes(advertise_ip)) node.mayLead = true;
    if (disabled.includes(advertise_ip)) node.mayLead = false;
  }
  holdElection(cluster, enabled);
}

function addresses(servers: unknown): string[] {
  if (!Array.isArray(servers)) return [];
  return servers.map((server: { advertise_ip?: unknown }) => String(server.advertise_ip));
}
