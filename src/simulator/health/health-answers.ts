import type { ServedAnswer, ServedRequest } from '../../ports.ts';
import type { Cluster, HealthView, NodeHealth, Probe } from '../cluster/cluster.ts';
import { goJson } from '../go-json.ts';
import type { HealthAgent } from './health-agent.ts';
import { nanoStamp } from './nano-stamp.ts';

type Answer = { status: number; body: unknown };

/** The two routes that are not `/`, which is the answer to every unknown path (satellite.md 2). */
const ROUTES: Readonly<Record<string, (agent: HealthAgent) => Answer>> = {
  '/local': localAnswer,
  '/local/': localAnswer,
  '/history': historyAnswer,
  '/history/': historyAnswer,
};

/**
 * What the health agent of a node, by default of the host, answers, from what it last found: GET alone, 503 where it does not run. The Date
 * header is its own clock, by which a reader tells how old an answer is.
 */
export function healthAnswer(
  cluster: Cluster,
  { method, path }: ServedRequest,
  host: string = cluster.host,
): ServedAnswer {
  const agent = cluster.agents.get(host);
  const offset = cluster.world.clockOffsets.get(host) ?? 0;
  const date = new Date(cluster.world.clock.now() + offset).toUTCString();
  if (method !== 'GET' || agent === undefined) return { status: 405, headers: { Date: date }, body: '' };
  const { status, body } = (ROUTES[path] ?? statusAnswer)(agent);
  return { status, headers: { 'Content-Type': 'application/json', Date: date }, body: goJson(body) };
}

/** Before its first collection an agent knows nothing at all (recordings/satellite/node3-agent-just-started). */
function statusAnswer({ view }: HealthAgent): Answer {
  return view === null ? { status: 503, body: {} } : { status: codeOf(view.status), body: viewBody(view) };
}

function viewBody({ status, nodes, at, summary }: HealthView): unknown {
  return present({ status, nodes: nodes.map(nodeBody), timestamp: nanoStamp(at), summary });
}

function localAnswer({ node, name, local }: HealthAgent): Answer {
  const own: NodeHealth = { node, name, member: local === null ? 'unknown' : 'alive', answer: local };
  return { status: codeOf(local?.status ?? null), body: nodeBody(own) };
}

/** Only masters have the cluster's events (recordings/satellite/history-on-worker). */
function historyAnswer({ node, timeline }: HealthAgent): Answer {
  if (node.role === 'node') {
    return { status: 503, body: { error: 'rpc error: code = Unknown desc = unknown error' } };
  }
  const events = timeline.map(({ at, kind, data }) => ({ timestamp: nanoStamp(at), Data: { [kind]: data } }));
  return { status: 200, body: events.length === 0 ? {} : { events } };
}

function codeOf(status: 'running' | 'degraded' | null): number {
  return status === 'running' ? 200 : 503;
}

/** Who gave no answer has neither a status nor probes; who knows nothing yet has a name alone. */
function nodeBody({ node, name, member, answer }: NodeHealth): unknown {
  const publicip = node.server.advertise_ip;
  const known = { addr: `${publicip}:7496`, status: member, tags: { publicip, role: node.role } };
  const member_status = { name, ...(member === 'unknown' ? {} : known) };
  return present({
    name,
    member_status,
    status: answer?.status ?? null,
    probes: answer?.probes.map(ordered) ?? null,
  });
}

/** Keys in the endpoint's order. */
function ordered({ checker, detail, code, status, error, checker_data, severity }: Probe): unknown {
  return { checker, detail, code, status, error, checker_data, severity };
}

/** Unknown is left out, never written. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
