import {
  type Foreign,
  foreign,
  foreignInstant,
  foreignName,
  foreignObjects,
  foreignText,
  foreignTexts,
} from '../../protocol/foreign.ts';
import type { Operation } from '../../protocol/operation.ts';
import { probeText } from '../../protocol/probe-text.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import type { Alert, Status, StatusNode } from '../../protocol/status.ts';
import { gravityJson } from './gravity-json.ts';

/**
 * `gravity status --output=json` of 5.5 to 9.0 (data.md 3.1 and 6; recordings/cli/status-json-*). What gravity could
 * not collect is absent and reads as null. The join token is never taken.
 */
export function readStatusJson(text: string): Reading<Status> {
  const document = gravityJson(text, 'the status');
  if (!document.ok) return document;
  const root = foreign(document.value);
  const cluster = foreign(root?.['cluster']);
  if (cluster === null && root?.['local_checks'] === undefined) {
    return unread('answer.wrong-shape', 'the status has no cluster in it');
  }
  const status = { ...toStatus(cluster ?? {}), localChecks: localChecks(root?.['local_checks']) };
  return read(status, document.remarks);
}

function toStatus(cluster: Foreign): Omit<Status, 'localChecks'> {
  const endpoints = foreign(foreign(cluster['endpoints'])?.['cluster']);
  return {
    cluster: foreignName(cluster['domain']),
    state: foreignName(cluster['state']),
    reason: foreignName(cluster['reason']),
    image: toImage(foreign(cluster['application'])),
    cloudProvider: foreignName(cluster['cloud_provider']),
    clientVersion: foreignName(foreign(cluster['client_version'])?.['version']),
    serverVersion: foreignName(foreign(cluster['server_version'])?.['version']),
    systemStatus: systemStatuses[String(cluster['system_status'])] ?? 'unknown',
    operation: toOperation(foreign(cluster['operation'])),
    activeOperations: foreignObjects(cluster['active_operations']).flatMap((node) => toOperation(node) ?? []),
    endpoints: {
      authGateway: foreignTexts(endpoints?.['auth_gateway']),
      ui: foreignTexts(endpoints?.['ui']),
    },
    nodes: Array.isArray(cluster['nodes']) ? foreignObjects(cluster['nodes']).map(toNode) : null,
    alerts: Array.isArray(cluster['alerts']) ? foreignObjects(cluster['alerts']).map(toAlert) : null,
  };
}

/** A number since 5.1, a word before (data.md 3.1). */
const systemStatuses: Readonly<Record<string, Status['systemStatus']>> = {
  1: 'running',
  2: 'degraded',
  running: 'running',
  degraded: 'degraded',
};

function toImage(application: Foreign | null): Status['image'] {
  const name = foreignName(application?.['name']);
  return name === null ? null : { name, version: foreignName(application?.['version']) ?? '' };
}

/** An operation without an id is none; 5.5 has no description, so the type stands in for it. */
function toOperation(node: Foreign | null): Operation | null {
  const id = foreignName(node?.['id']);
  if (node === null || id === null) return null;
  const type = foreignName(node['type']) ?? '';
  return {
    id,
    type,
    state: foreignName(node['state']) ?? '',
    description: foreignName(node['description']) ?? type,
    created: foreignInstant(node['created']),
    progress: foreignName(foreign(node['progress'])?.['message']),
  };
}

function toNode(node: Foreign): StatusNode {
  const ip = foreignName(node['advertise_ip']) ?? '';
  const state = node['status'];
  return {
    hostname: foreignName(node['hostname']) ?? ip,
    ip,
    role: foreignName(node['role']),
    profile: foreignName(node['profile']),
    state: state === 'healthy' || state === 'degraded' || state === 'offline' ? state : 'unknown',
    failed: foreignTexts(node['failed_probes']),
    warnings: foreignTexts(node['warn_probes']),
    access: foreign(node['teleport_node']) === null ? 'offline' : 'online',
  };
}

function toAlert(alert: Foreign): Alert {
  const labels = foreign(alert['labels']) ?? {};
  const annotations = foreign(alert['annotations']) ?? {};
  const texts = ['message', 'description', 'summary'].map((key) => foreignText(annotations[key]));
  return {
    name: foreignName(labels['alertname']) ?? '',
    severity: foreignName(labels['severity']),
    state: foreignName(foreign(alert['status'])?.['state']) ?? 'unknown',
    message: texts.find((text) => text !== null) ?? '',
    since: foreignInstant(alert['startsAt']),
  };
}

function localChecks(checks: unknown): string[] {
  return foreignObjects(checks).map((probe) => probeText(probe) || (foreignName(probe['checker']) ?? ''));
}
