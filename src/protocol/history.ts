import * as v from 'valibot';
import { InstantSchema } from './text.ts';

export const historyKinds = [
  'cluster.healthy',
  'cluster.degraded',
  'cluster.upgrade',
  'node.added',
  'node.removed',
  'node.healthy',
  'node.degraded',
  'probe.succeeded',
  'probe.failed',
  'leader.elected',
  'node.silent',
  'node.vanished',
  'unknown',
] as const;

/**
 * One event of the cluster's timeline. `from` and `to` are leaders. `text` is the event as gravity prints it.
 * `own`: the agent saw it, and the timeline that was read does not have it (yet).
 * `node.silent` and `node.vanished` are the agent's own: the cluster never records a node's death (satellite.md 6).
 */
export const HistoryEventSchema = v.object({
  at: InstantSchema,
  kind: v.picklist(historyKinds),
  node: v.nullable(v.string()),
  checker: v.nullable(v.string()),
  from: v.nullable(v.string()),
  to: v.nullable(v.string()),
  text: v.string(),
  own: v.optional(v.boolean()),
});
export type HistoryEvent = v.InferOutput<typeof HistoryEventSchema>;
