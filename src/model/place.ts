import type { Cluster } from '../protocol/cluster.ts';

/**
 * Where the agent stands and from where the operation is driven. `isLead` is null where it cannot be told: the agent's
 * own node is unknown. Operations without a lead master are driven where they were started, so nobody is kept away.
 */
export type Standing = {
  here: string | null;
  lead: { hostname: string; ip: string } | null;
  isLead: boolean | null;
};

export function standing(cluster: Cluster): Standing {
  const { node, ip } = cluster.place;
  const lead = cluster.plan?.operation.leadMaster ?? null;
  if (lead === null) return { here: node, lead, isLead: true };
  if (ip !== null) return { here: node, lead, isLead: ip === lead.ip };
  return { here: node, lead, isLead: node === null ? null : node === lead.hostname || node === lead.ip };
}
