import * as v from 'valibot';
import { OperationSchema } from './operation.ts';
import { InstantSchema } from './text.ts';

/** A node as `gravity status` prints it; `role` and `profile` are null when gravity leaves them empty (offline). */
export const StatusNodeSchema = v.object({
  hostname: v.string(),
  ip: v.string(),
  role: v.nullable(v.string()),
  profile: v.nullable(v.string()),
  state: v.picklist(['healthy', 'degraded', 'offline', 'unknown']),
  failed: v.array(v.string()),
  warnings: v.array(v.string()),
  access: v.picklist(['online', 'offline', 'unknown']),
});
export type StatusNode = v.InferOutput<typeof StatusNodeSchema>;

export const AlertSchema = v.object({
  name: v.string(),
  severity: v.nullable(v.string()),
  state: v.string(),
  message: v.string(),
  since: v.nullable(InstantSchema),
});
export type Alert = v.InferOutput<typeof AlertSchema>;

/**
 * `gravity status`, without the join token, which is a secret. `nodes` is null when gravity could collect none.
 * `operation` is the last finished (or failed) one, `activeOperations` those neither completed nor failed.
 */
export const StatusSchema = v.object({
  cluster: v.nullable(v.string()),
  state: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  image: v.nullable(v.object({ name: v.string(), version: v.string() })),
  cloudProvider: v.nullable(v.string()),
  clientVersion: v.nullable(v.string()),
  serverVersion: v.nullable(v.string()),
  systemStatus: v.picklist(['unknown', 'running', 'degraded']),
  operation: v.nullable(OperationSchema),
  activeOperations: v.array(OperationSchema),
  endpoints: v.object({ authGateway: v.array(v.string()), ui: v.array(v.string()) }),
  nodes: v.nullable(v.array(StatusNodeSchema)),
  alerts: v.nullable(v.array(AlertSchema)),
  localChecks: v.array(v.string()),
});
export type Status = v.InferOutput<typeof StatusSchema>;
