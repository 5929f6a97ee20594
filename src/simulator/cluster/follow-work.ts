import type { PhaseDocument } from '../plan-document.ts';
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
    if (moment === 'executed') moveLeader(cluster, phase);
    if (node !== undefined) EFFECTS[phase.executor]?.(node, moment);
  });
}

/** Who may lead is a phase of the plan: the first master still allowed takes over (operations.md). */
function moveLeader(cluster: Cluster, { data }: PhaseDocument): void {
  const status = data?.['election_status'];
  if (typeof status !== 'object' || status === null) return;
  const enabled = addresses('enable_server' in status ? status.enable_server : []);
  const disabled = addresses('disable_servers' in status ? status.disable_servers : []);
  if (!disabled.includes(cluster.leader)) return;
  const masters = [...cluster.nodes.values()].filter(({ role, up }) => role === 'master' && up);
  const able = masters.map(({ server }) => server.advertise_ip).filter((ip) => !disabled.includes(ip));
  const next = able.find((ip) => enabled.includes(ip)) ?? able[0];
  if (next === undefined) return;
  const at = cluster.world.clock.now();
  cluster.history.push({ at, kind: 'LeaderElected', data: { prev: cluster.leader, new: next } });
  cluster.leader = next;
}

function addresses(servers: unknown): string[] {
  if (!Array.isArray(servers)) return [];
  return servers.map((server: { advertise_ip?: unknown }) => String(server.advertise_ip));
}
