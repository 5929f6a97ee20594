import { type Foreign, foreignInstant, foreignName, foreignObjects } from '../../protocol/foreign.ts';
import type { Health } from '../../protocol/health.ts';
import { type Reading, type Remark, read, unread } from '../../protocol/problem.ts';
import { toHealthNode } from './node-status.ts';

/**
 * A body of `/` (satellite.md 3): an absent status is unknown; without status and nodes the agent has just started.
 * Older than 60 s by the endpoint's own clock (`servedAt`, its Date header) it is stale, and still shown: a dead serf
 * serves its last body for ever. A body with `error` alone is an error.
 */
export function healthFromDocument(root: Foreign, servedAt: string | null): Reading<Health> {
  const error = foreignName(root['error']);
  if (error !== null) return unread('health.error', `the health endpoint answered with an error: ${error}`);
  if (!Array.isArray(root['nodes'] ?? []))
    return unread('answer.wrong-shape', 'the health answer has nodes that are not a list');
  const known = root['status'] === 'running' || root['status'] === 'degraded';
  const health: Health = {
    state: root['status'] === 'running' ? 'running' : known ? 'degraded' : 'unknown',
    at: foreignInstant(root['timestamp']),
    servedAt,
    summary: foreignName(root['summary']),
    nodes: foreignObjects(root['nodes']).map(toHealthNode),
  };
  return read(health, remarksOn(health));
}

const freshMs = 60_000;

function remarksOn({ state, at, servedAt, nodes }: Health): Remark[] {
  if (state === 'unknown' && at === null && nodes.length === 0) return ['just-started'];
  const age = at === null || servedAt === null ? 0 : Date.parse(servedAt) - Date.parse(at);
  return age > freshMs ? ['stale'] : [];
}
