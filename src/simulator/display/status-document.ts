import type { Alert, Cluster, NodeHealth, Probe } from '../cluster/cluster.ts';
import { operationText } from '../cluster/create-cluster.ts';
import { goTime } from '../go-time.ts';
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

/** The cluster as `gravity status` sees it: without its store it knows little more than the nodes (client-facts 4). */
export function statusDocument(cluster: Cluster, asked: string | null): StatusDocument {
  const known = cluster.world.etcdAnswers();
  const degraded = cluster.health.status !== 'running' || !known;
  return {
    application: known ? installedImage(cluster) : { repository: '', name: '', version: '' },
    state: degraded ? 'degraded' : cluster.world.clusterState,
    domain: known ? cluster.name : '',
    ...(known ? { cloud_provider: 'onprem' } : {}),
    token: token(cluster, known),
    ...(known ? operations(cluster, asked) : {}),
    endpoints: { applications: {}, cluster: {} },
    inline: {},
    client_version: clientVersion(cluster),
    system_status: cluster.health.status === 'running' ? 1 : 2,
    nodes: cluster.health.nodes.map((health) => statusNode(health, known)),
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

function operations(cluster: Cluster, asked: string | null): Partial<StatusDocument> {
  const { operation } = cluster.world;
  const finished = operation.state === 'completed' || operation.state === 'failed';
  const last = finished || asked === operation.id ? operation : cluster.installed;
  return {
    operation: statusOperation(cluster, last),
    ...(finished ? {} : { active_operations: [statusOperation(cluster, operation)] }),
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

function statusNode({ node, answer }: NodeHealth, known: boolean): StatusNode {
  const { hostname, advertise_ip, role: profile } = node.server;
  const failed = (answer?.probes ?? []).filter(({ status }) => status === 'failed');
  const warnings = failed.filter(({ severity }) => severity === 'warning').map(probeText);
  const failures = failed.filter(({ severity }) => severity !== 'warning').map(probeText);
  const teleport = { hostname, advertise_ip, public_ip: '', profile, role: node.role, instance_type: '' };
  return {
    hostname,
    advertise_ip,
    role: answer === null ? '' : node.role,
    profile: answer === null ? '' : profile,
    status: answer === null ? 'offline' : answer.status === 'running' ? 'healthy' : 'degraded',
    ...(answer === null ? {} : { selinux: false }),
    ...(failures.length === 0 ? {} : { failed_probes: failures }),
    ...(warnings.length === 0 ? {} : { warn_probes: warnings }),
    ...(known && node.up ? { teleport_node: teleport } : {}),
  };
}

/** As alert managers serve it (recordings/cli/status-json-active-degraded-alerts). */
function statusAlert({ world }: Cluster, { name, severity, message, since, labels }: Alert): StatusAlert {
  const now = world.clock.now();
  return {
    annotations: { message },
    endsAt: new Date(now + 240_000).toISOString(),
    fingerprint: name.toLowerCase().slice(0, 16),
    receivers: [{ name: 'default' }],
    startsAt: new Date(since).toISOString(),
    status: { inhibitedBy: [], silencedBy: [], state: 'active' },
    updatedAt: new Date(now).toISOString(),
    generatorURL: 'http://prometheus/graph',
    labels: { alertname: name, ...labels, prometheus: 'monitoring/k8s', severity },
  };
}

/** `detail (error)`, the checker standing in for a missing detail (satellite.md 7). */
function probeText({ checker, detail, error }: Probe): string {
  if (error === undefined) return detail ?? checker;
  return `${detail ?? checker} (${error})`;
}
