import { goTime } from '../go-time.ts';
import { humanized } from '../humanized.ts';
import type { StatusAlert, StatusDocument, StatusNode, StatusOperation } from './status-document.ts';
import { tabColumns } from './tab-columns.ts';

const GREEN = 32;
const RED = 31;
const YELLOW = 33;

const NODE_COLOURS = { healthy: GREEN, degraded: RED, offline: YELLOW } as const;

/** `gravity status` (recordings/cli/status-text-*): keys and values in tab columns. `now` in milliseconds. */
export function statusText(status: StatusDocument, { now, version, token }: Told): string {
  const { application, state, domain } = status;
  const lines = [
    ...(domain === '' ? [] : [`Cluster name:\t${domain}`]),
    `Cluster status:\t${coloured(state === 'degraded' ? RED : GREEN, state)}`,
    ...(application.name === ''
      ? []
      : [`Cluster image:\t${application.name}, version ${application.version}`]),
    ...(status['cloud_provider'] === undefined ? [] : [`Cloud provider:\t${status['cloud_provider']}`]),
    `Gravity version:\t${version} (client) / n/a (server)`,
    ...(token === '' ? [] : [`Join token:\t${token}`]),
    ...operationLines('Active operations:', status.active_operations ?? [], now),
    ...operationLines(
      'Last completed operation:',
      status.operation === undefined ? [] : [status.operation],
      now,
    ),
    'Cluster endpoints:',
    '    * Authentication gateway:',
    '    * Cluster management URL:',
    'Cluster nodes:',
    ...nodeLines(
      '    Masters:',
      status.nodes.filter(({ role }) => role === 'master'),
    ),
    ...nodeLines(
      '    Nodes:',
      status.nodes.filter(({ role }) => role !== 'master'),
    ),
    ...alertLines(status.alerts ?? [], now),
  ];
  return tabColumns(lines);
}

export type Told = { now: number; version: string; token: string };

function operationLines(title: string, operations: readonly StatusOperation[], now: number): string[] {
  if (operations.length === 0) return [];
  return [title, ...operations.flatMap((operation) => oneOperation(operation, now))];
}

function oneOperation(
  { id, type, state, created, description, progress }: StatusOperation,
  now: number,
): string[] {
  const ended = state === 'failed' ? 'Failed' : 'Completed';
  const hint =
    type === 'operation_update'
      ? `      Use 'gravity plan --operation-id=${id}' to check operation status`
      : `      ${progress.message}, ${progress.completion}% complete`;
  return [
    `    * ${description}`,
    `      ID:\t${id}`,
    `      Started:\t${when(created, now)}`,
    progress.completion === 100 ? `      ${ended}:\t${when(progress.created, now)}` : hint,
  ];
}

function when(time: string, now: number): string {
  const ms = Date.parse(time);
  return `${goTime.table(ms)} (${humanized(now - ms, 'ago')})`;
}

function nodeLines(title: string, nodes: readonly StatusNode[]): string[] {
  if (nodes.length === 0) return [];
  return [title, ...nodes.flatMap(oneNode)];
}

/** Only active alerts are printed (data.md 3.2). */
function alertLines(alerts: readonly StatusAlert[], now: number): string[] {
  const active = alerts.filter(({ status }) => status.state === 'active');
  if (active.length === 0) return [];
  const lines = active.flatMap(({ labels, startsAt, annotations }) => [
    `    * ${labels['alertname']} [${goDuration(now - Date.parse(startsAt))}]`,
    `      - ${annotations.message}`,
  ]);
  return ['Cluster alerts:', ...lines];
}

/** Go's way to print a span in whole seconds: `1h2m3s`. */
function goDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const head = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : '';
  return `${head}${seconds % 60}s`;
}

function oneNode(node: StatusNode): string[] {
  const online = node.teleport_node === undefined ? coloured(YELLOW, 'offline') : coloured(GREEN, 'online');
  return [
    `        * ${[node.hostname, node.advertise_ip, node.profile].filter((word) => word !== '').join(' / ')}`,
    ...(node.selinux === true ? ['            SELinux:\ton'] : []),
    `            Status:\t${coloured(NODE_COLOURS[node.status], node.status)}`,
    ...(node.failed_probes ?? []).map((probe) => `            [×]\t${coloured(RED, probe)}`),
    ...(node.warn_probes ?? []).map((probe) => `            [!]\t${coloured(YELLOW, probe)}`),
    `            Remote access:\t${online}`,
  ];
}

function coloured(colour: number, text: string): string {
  return `\u001b[${colour}m${text}\u001b[0m`;
}
