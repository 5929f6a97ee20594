import { type Foreign, foreignName } from '../../protocol/foreign.ts';
import type { Health } from '../../protocol/health.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import { toHealthNode } from './node-status.ts';

/** A body of `/local`: this one node by its last local check; without status and probes the agent has just started. */
export function localFromDocument(root: Foreign, servedAt: string | null): Reading<Health> {
  const error = foreignName(root['error']);
  if (error !== null) return unread('health.error', `the health endpoint answered with an error: ${error}`);
  if (foreignName(root['name']) === null)
    return unread('answer.wrong-shape', 'the local health answer names no node');
  const node = toHealthNode(root);
  const known = node.state === 'healthy' ? 'running' : node.state === 'degraded' ? 'degraded' : 'unknown';
  const health: Health = { state: known, at: null, servedAt, summary: null, nodes: [node] };
  return read(health, node.state === 'unknown' && node.probes.length === 0 ? ['just-started'] : []);
}
