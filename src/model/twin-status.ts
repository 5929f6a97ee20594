import type { Cluster } from '../protocol/cluster.ts';
import type { Status, StatusNode } from '../protocol/status.ts';
import type { StatusTwin } from '../protocol/twins.ts';
import { shownSources } from './shown-sources.ts';
import { operationTwin } from './twin-operations.ts';

/** A saved status as `status -o json` says it; its age is not known. */
export function savedStatusTwin(status: Status): StatusTwin {
  return statusTwin(status, [{ source: 'status', state: 'file', at: null }]);
}

/** What the agent knows as `status -o json` says it: `at` of a source is when it was last good. */
export function clusterStatusTwin(cluster: Cluster): StatusTwin {
  const sources = shownSources(cluster).map(({ source, state, lastGood }) => ({
    source,
    state,
    at: lastGood,
  }));
  return statusTwin(cluster.status, sources);
}

function statusTwin(status: Status | null, sources: StatusTwin['sources']): StatusTwin {
  const operations = [...(status?.activeOperations ?? []), ...(status?.operation ? [status.operation] : [])];
  return {
    schema: 1,
    cluster: status?.cluster ?? null,
    state: status?.state ?? null,
    reason: status?.reason ?? null,
    image: status?.image ? { name: status.image.name, version: status.image.version } : null,
    operations: operations.map(operationTwin),
    nodes: (status?.nodes ?? []).map(nodeTwin),
    alerts: (status?.alerts ?? []).map(({ name, severity, message, since }) => ({
      name,
      severity,
      message,
      since,
    })),
    sources,
  };
}

function nodeTwin(node: StatusNode): StatusTwin['nodes'][number] {
  const { hostname, ip, role, profile, state, failed, warnings, access } = node;
  return { name: hostname, ip, role, profile, state, failed, warnings, access };
}
