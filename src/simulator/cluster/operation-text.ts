import { operationKind } from '../operation-kind.ts';
import { changedServer } from '../plan/changed-server.ts';
import type { OperationRecord } from '../world.ts';
import type { Cluster } from './cluster.ts';

/** A line of `status` about an operation (data.md 3.2). */
export function operationText(cluster: Cluster, { type }: OperationRecord): string {
  return operationKind(type).describe.replace('%', about(cluster, type));
}

function about({ application, world }: Cluster, type: string): string {
  if (type === 'operation_install') return String(world.plan.servers.length);
  if (type === 'operation_update') return application.to;
  const server = changedServer(world.plan);
  if (server === null) return '';
  const { hostname, advertise_ip, role } = server;
  if (type === 'operation_reconfigure') return advertise_ip;
  return type === 'operation_expand'
    ? `${hostname} (${advertise_ip}) as ${role}`
    : `${hostname} (${advertise_ip})`;
}
