import {
  type Foreign,
  foreign,
  foreignInstant,
  foreignList,
  foreignName,
  foreignObjects,
} from '../../protocol/foreign.ts';
import type { Plan, Server } from '../../protocol/plan.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import { field } from './field.ts';
import { flattenPhases } from './flatten-phases.ts';

/**
 * A parsed plan document, JSON or YAML, as a plan (data.md 1). Only known fields are taken, so no secret in it (agent
 * password, licence, values) goes further. What has no phases is not a plan.
 */
export function planFromDocument(document: unknown): Reading<Plan> {
  const node = foreign(document);
  if (node === null) return unread('answer.wrong-shape', 'the plan is not an object');
  const documents = node['phases'];
  if (!Array.isArray(documents ?? []))
    return unread('answer.wrong-shape', 'the phases of the plan are not a list');
  if (foreignList(documents).length === 0) return unread('plan.no-phases', 'the plan has no phases');
  const phases = flattenPhases(foreignList(documents));
  if (!phases.ok) return phases;
  const servers = foreignObjects(node['servers']).map(toServer);
  return read({ operation: toOperation(node), servers, phases: phases.value });
}

function toOperation(node: Foreign): Plan['operation'] {
  // In YAML it goes by an older name (recordings/plans/failed-3m2w.yaml).
  const lead = foreign(field(node, 'lead_master') ?? field(node, 'offline_coordinator'));
  return {
    id: foreignName(field(node, 'operation_id')),
    type: foreignName(field(node, 'operation_type')),
    cluster: foreignName(field(node, 'cluster_name')),
    leadMaster: lead === null ? null : leadFrom(toServer(lead)),
    gravityVersion: foreignName(foreign(field(node, 'gravity_package'))?.['version']),
    created: foreignInstant(field(node, 'created_at')),
    versions: applicationVersions(foreignObjects(node['phases'])),
  };
}

function leadFrom({ hostname, ip }: Server): { hostname: string; ip: string } | null {
  return hostname === '' && ip === '' ? null : { hostname, ip };
}

function toServer(node: Foreign): Server {
  const ip = foreignName(field(node, 'advertise_ip')) ?? '';
  const nodename = foreignName(node['nodename']) ?? '';
  return {
    hostname: foreignName(node['hostname']) ?? (nodename || ip),
    ip,
    role: field(node, 'cluster_role') === 'master' ? 'master' : 'node',
    profile: foreignName(node['role']) ?? '',
    nodename,
  };
}

/** The first phase that names a package and the same package as installed tells from which version to which. */
function applicationVersions(phases: readonly Foreign[]): Plan['operation']['versions'] {
  for (const phase of phases) {
    const found =
      packageVersions(foreign(phase['data'])) ?? applicationVersions(foreignObjects(phase['phases']));
    if (found !== null) return found;
  }
  return null;
}

function packageVersions(data: Foreign | null): Plan['operation']['versions'] {
  const next = foreign(data?.['package']);
  const installed = foreign(data === null ? null : field(data, 'installed_package'));
  const app = foreignName(next?.['name']);
  const from = foreignName(installed?.['version']);
  const to = foreignName(next?.['version']);
  if (app === null || from === null || to === null || installed?.['name'] !== next?.['name']) return null;
  return { app, from, to };
}
