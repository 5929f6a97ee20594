import * as v from 'valibot';
import { InstantSchema } from './text.ts';

export const nodeStates = ['healthy', 'degraded', 'offline', 'unknown'] as const;
export const NodeStateSchema = v.picklist(nodeStates);
export type NodeState = v.InferOutput<typeof NodeStateSchema>;

/**
 * `severity` is null on a running probe; on a failed one absent counts as critical (satellite.md 3). `detail` is the
 * part of a failed probe's text that says what it is about; absent where the checker gives none.
 */
export const ProbeSchema = v.object({
  checker: v.string(),
  state: v.picklist(['running', 'failed']),
  severity: v.nullable(v.picklist(['critical', 'warning'])),
  text: v.string(),
  detail: v.optional(v.string()),
});
export type Probe = v.InferOutput<typeof ProbeSchema>;

/** A node of the health endpoint; `name` is the serf name, `ip` its public address where a tag tells. */
export const HealthNodeSchema = v.object({
  name: v.string(),
  ip: v.nullable(v.string()),
  role: v.nullable(v.string()),
  member: v.nullable(v.string()),
  state: NodeStateSchema,
  probes: v.array(ProbeSchema),
});
export type HealthNode = v.InferOutput<typeof HealthNodeSchema>;

/**
 * A body of the health endpoint's `/` (or `/local`, one node, `at` null). `at` is when its collection started,
 * by the endpoint's own clock; `servedAt` the answer's Date header, the same clock.
 */
export const HealthSchema = v.object({
  state: v.picklist(['running', 'degraded', 'unknown']),
  at: v.nullable(InstantSchema),
  servedAt: v.nullable(InstantSchema),
  summary: v.nullable(v.string()),
  nodes: v.array(HealthNodeSchema),
});
export type Health = v.InferOutput<typeof HealthSchema>;
