import type { PhaseDocument, PlanDocument, ServerDocument } from '../plan-document.ts';
import type { Image } from './image.ts';

/** What every builder of plans is told. */
export type PlanRequest = {
  operationId: string;
  cluster: string;
  /** When the plan was made, in milliseconds. */
  createdMs: number;
  /** In cluster order, masters first; the first master leads. */
  servers: readonly ServerDocument[];
  image: Image;
};

/** What makes names of configuration packages unique: the cluster, and the second the plan was made in. */
export type PlanNames = { cluster: string; stamp: number };

export function namesOf({ cluster, createdMs }: PlanRequest): PlanNames {
  return { cluster, stamp: Math.floor(createdMs / 1000) };
}

/** Servers by what they are in the cluster; a cluster without masters is a mistake of ours. */
export function rolesOf(servers: readonly ServerDocument[]): {
  lead: ServerDocument;
  masters: ServerDocument[];
  workers: ServerDocument[];
} {
  const masters = servers.filter(({ cluster_role }) => cluster_role === 'master');
  const workers = servers.filter(({ cluster_role }) => cluster_role !== 'master');
  const [lead] = masters;
  if (lead === undefined) throw new Error('a cluster without masters has no plan');
  return { lead, masters, workers };
}

export type PlanParts = {
  type: string;
  phases: PhaseDocument[];
  /** Only updates have one, and name the gravity they bring. */
  lead?: ServerDocument;
  gravity?: string;
  dns?: { addrs: string[] | null; port: number };
};

/** Gravity's usual resolver inside the cluster (recordings/plans). */
const DNS = { addrs: ['127.0.0.2'], port: 53 };

/** A plan document with its keys in gravity's order. */
export function planDocument(
  request: PlanRequest,
  { type, phases, lead, gravity, dns }: PlanParts,
): PlanDocument {
  return {
    operation_id: request.operationId,
    operation_type: type,
    account_id: '00000000-0000-0000-0000-000000000001',
    cluster_name: request.cluster,
    phases,
    servers: [...request.servers],
    lead_master: lead ?? null,
    gravity_package:
      gravity === undefined
        ? { repository: '', name: '', version: '' }
        : { repository: 'gravitational.io', name: 'gravity', version: gravity },
    created_at: seconds(request.createdMs),
    dns_config: dns ?? DNS,
  };
}

/** RFC 3339 in whole seconds. */
function seconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
