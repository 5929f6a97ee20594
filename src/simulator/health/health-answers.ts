import type { ServedAnswer, ServedRequest } from '../../ports.ts';
import type { Cluster, NodeHealth } from '../cluster/cluster.ts';
import { goJson } from '../go-json.ts';
import { goTime } from '../go-time.ts';

/**
 * What the health endpoint of the host answers (satellite.md 2, 3): GET alone, unknown paths are `/`, 503 when not
 * running. The Date header is the cluster's own clock, by which a reader tells how old an answer is.
 */
export function healthAnswer(cluster: Cluster, { method, path }: ServedRequest): ServedAnswer {
  if (method !== 'GET') return { status: 405, body: '' };
  const { status, body } = bodyOf(cluster, path.replace(/\/$/, ''));
  const date = new Date(cluster.world.clock.now()).toUTCString();
  return { status, headers: { 'Content-Type': 'application/json', Date: date }, body: goJson(body) };
}

function bodyOf(cluster: Cluster, path: string): { status: number; body: unknown } {
  if (path === '/history') return historyBody(cluster);
  const { health } = cluster;
  if (path === '/local') {
    const local = health.nodes.find(({ node }) => node.server.hostname === cluster.host);
    const body = local === undefined ? {} : nodeBody(local);
    return { status: local?.answer?.status === 'running' ? 200 : 503, body };
  }
  return {
    status: health.status === 'running' ? 200 : 503,
    body: {
      status: health.status,
      nodes: health.nodes.map(nodeBody),
      timestamp: goTime.json(health.at),
      ...(health.summary === null ? {} : { summary: health.summary }),
    },
  };
}

function nodeBody({ node, name, answer }: NodeHealth): unknown {
  const publicip = node.server.advertise_ip;
  const member = {
    name,
    addr: `${publicip}:7496`,
    status: answer === null ? 'failed' : 'alive',
    tags: { publicip, role: node.role },
  };
  if (answer === null) return { name, member_status: member };
  return { name, member_status: member, status: answer.status, probes: answer.probes.map(ordered) };
}

/** Keys in the endpoint's order, absent ones left out. */
function ordered({
  checker,
  detail,
  code,
  status,
  error,
  checker_data,
  severity,
}: Record<string, unknown>): unknown {
  return { checker, detail, code, status, error, checker_data, severity };
}

function historyBody(cluster: Cluster): { status: number; body: unknown } {
  if (cluster.nodes.get(cluster.host)?.role === 'node') {
    return { status: 503, body: { error: 'rpc error: code = Unknown desc = unknown error' } };
  }
  const events = cluster.history.map(({ at, kind, data }) => ({
    timestamp: goTime.json(at),
    Data: { [kind]: data },
  }));
  return { status: 200, body: events.length === 0 ? {} : { events } };
}
