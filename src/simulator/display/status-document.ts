import type { Alert, Cluster, ClusterNode, LocalHealth, Probe } from '../cluster/cluster.ts';
import { knownOperations } from '../cluster/known-operations.ts';
import { operationText } from '../cluster/operation-text.ts';
import { goTime } from '../go-time.ts';
import { reachOf } from '../health/reach.ts';
import { ZERO_TIME } from '../plan-document.ts';
import type { OperationRecord } from '../world.ts';

export type StatusNode = {
  hostname: string;
  advertise_ip: string;
  role: string;
  profile: string;
  status: 'healthy' | 'degraded' | 'offline';
  selinux?: boolean;
  failed_probes?: string[];
  warn_probes?: string[];
  teleport_node?: Record<string, string>;
};

export type StatusOperation = {
  type: string;
  id: string;
  state: string;
  created: string;
  description: string;
  progress: { message: string; completion: number; created: string };
};

export type StatusAlert = {
  annotations: { message: string };
  startsAt: string;
  status: { state: string; inhibitedBy: string[]; silencedBy: string[] };
  labels: Record<string, string>;
  [key: string]: unknown;
};

/** `gravity status --output=json` in gravity's key order (recordings/cli/status-json-*). */
export type StatusDocument = {
  application: { repository: string; name: string; version: string };
  state: string;
  domain: string;
  operation?: StatusOperation;
  active_operations?: StatusOperation[];
  nodes: StatusNode[];
  alerts?: StatusAlert[];
  [key: string]: unknown;
};

/**
 * The cluster as `gravity status` sees it. Without its store it knows what the health agents say, and not even the names
 * of the nodes (nodes-facts 7.6, recordings/nodes/09).
 */
export function statusDocument(cluster: Cluster, asked: string | null): StatusDocument {
  const known = cluster.world.etcdAnswers();
  const seen = reachOf(cluster) === 'answers';
  const health = seen ? cluster.health.status : null;
  return {
    application: known ? installedImage(cluster) : { repository: '', name: '', version: '' },
    state: health === 'running' && known ? cluster.world.clusterState : 'degraded',
    domain: known ? cluster.name : '',
    ...(known ? { cloud_provider: 'onprem' } : {}),
    token: token(cluster, known),
    ...(known ? operations(cluster, asked) : {}),
    endpoints: { applications: {}, cluster: {} },
    ...(known ? { inline: {}, client_version: clientVersion(cluster) } : { client_version: {} }),
    system_status: health === null ? 0 : health === 'running' ? 1 : 2,
    nodes: seen ? nodesByHealth(cluster, known) : nodesByTeleport(cluster),
    ...(known && cluster.alerts.length > 0
      ? { alerts: cluster.alerts.map((alert) => statusAlert(cluster, alert)) }
      : {}),
  };
}

/** What `gravity version --output=json` prints and status repeats. */
export function clientVersion({ gravityVersion }: Cluster): Record<string, string> {
  return {
    edition: 'open-source',
    version: gravityVersion,
    git_commit: 'b45e6597c502f16efd47706080a6c3b858a0a265',
    helm: 'v2.15',
  };
}

function installedImage({ application, world }: Cluster): StatusDocument['application'] {
  const done = world.operation.type === 'operation_update' && world.operation.state === 'completed';
  return {
    repository: 'gravitational.io',
    name: application.name,
    version: done ? application.to : application.from,
  };
}

function token({ token: value, name }: Cluster, known: boolean): Record<string, string> {
  return {
    token: known ? value : '',
    expires: ZERO_TIME,
    type: known ? 'expand' : '',
    account_id: known ? '00000000-0000-0000-0000-000000000001' : '',
    site_domain: known ? name : '',
    operation_id: '',
    user_email: known ? `agent@${name}` : '',
  };
}

/** The one asked for, else the last that ended; an unknown one asked for is left out (recordings/cli/status-bad-op). */
function operations(cluster: Cluster, asked: string | null): Partial<StatusDocument> {
  const all = knownOperations(cluster);
  const ended = ({ state }: OperationRecord): boolean => state === 'completed' || state === 'failed';
  const last = all.find((operation) => (asked === null ? ended(operation) : operation.id === asked));
  const active = all.filter((operation) => !ended(operation));
  return {
    ...(last === undefined ? {} : { operation: statusOperation(cluster, last) }),
    ...(active.length === 0
      ? {}
      : { active_operations: active.map((each) => statusOperation(cluster, each)) }),
  };
}

function statusOperation(cluster: Cluster, operation: OperationRecord): StatusOperation {
  const { type, id, state, created, progress } = operation;
  return {
    type,
    id,
    state,
    created: goTime.json(created),
    description: operationText(cluster, operation),
    progress: { ...progress, created: goTime.json(progress.created) },
  };
}

/** Every server of the cluster, with what the health agents know of it. */
function nodesByHealth({ nodes, health }: Cluster, known: boolean): StatusNode[] {
  return [...nodes.values()].map((node) => {
    const found = health.nodes.find((each) => each.node === node);
    return statusNode(node, found?.answer ?? null, known);
  });
}

/** Without the health agents only Teleport tells of the nodes, in the order of their addresses (cli/satdown-status-json). */
function nodesByTeleport({ nodes }: Cluster): StatusNode[] {
  const addressOf = ({ server }: ClusterNode): string => server.advertise_ip;
  const reached = [...nodes.values()].filter(({ up }) => up);
  return reached
    .sort((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1))
    .map((node) => {
      const { hostname, advertise_ip, role: profile } = node.server;
      const teleport_node = teleportNode(node);
      return { hostname, advertise_ip, role: node.role, profile, status: 'offline', teleport_node };
    });
}

function statusNode(node: ClusterNode, answer: LocalHealth | null, known: boolean): StatusNode {
  const { hostname, advertise_ip, role: profile, selinux } = node.server;
  const failed = (answer?.probes ?? []).filter(({ status }) => status === 'failed');
  const warnings = failed.filter(({ severity }) => severity === 'warning').map(probeText);
  const failures = failed.filter(({ severity }) => severity !== 'warning').map(probeText);
  return {
    hostname: known ? hostname : '',
    advertise_ip,
    role: answer === null ? '' : node.role,
    profile: answer === null || !known ? '' : profile,
    status: answer === null ? 'offline' : answer.status === 'running' ? 'healthy' : 'degraded',
    ...(answer === null || !known ? {} : { selinux: selinux === true }),
    ...(failures.length === 0 ? {} : { failed_probes: failures }),
    ...(warnings.length === 0 ? {} : { warn_probes: warnings }),
    ...(known && node.up ? { teleport_node: teleportNode(node) } : {}),
  };
}

function teleportNode({ server, role }: ClusterNode): Record<string, string> {
  const { hostname, advertise_ip, role: profile } = server;
  return { hostname, advertise_ip, public_ip: '', profile, role, instance_type: '' };
}

/** As alert managers serve it (recordings/cli/status-json-active-degraded-alerts). */
function statusAlert({ world }: Cluster, alert: Alert): StatusAlert {
  const { name, severity, message, since, labels } = alert;
  const now = world.clock.now();
  return {
    annotations: { message },
    endsAt: new Date(now + 240_000).toISOString(),
    fingerprint: alert.fingerprint ?? fingerprint(name),
    receivers: [{ name: 'default' }],
    startsAt: new Date(since).toISOString(),
    status: { inhibitedBy: [], silencedBy: [], state: alert.suppressed === true ? 'suppressed' : 'active' },
    updatedAt: new Date(now).toISOString(),
    generatorURL: 'http://prometheus/graph',
    labels: { alertname: name, ...labels, prometheus: 'monitoring/k8s', severity },
  };
}

function fingerprint(name: string): string {
  const codes = [...name].map((char) => (char.codePointAt(0) ?? 0).toString(16));
  return codes.join('').padEnd(16, '0').slice(0, 16);
}

/** `detail (error)`, the checker standing in for a missing detail (satellite.md 7). */
function probeText({ checker, detail, error }: Probe): string {
  if (error === undefined) return detail ?? checker;
  return `${detail ?? checker} (${error})`;
}
