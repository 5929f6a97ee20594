import * as v from 'valibot';

/** A row of `gravity agent status`: gravity's update agent on a node, never ours. */
export const UpdateAgentSchema = v.object({
  hostname: v.string(),
  ip: v.string(),
  state: v.picklist(['deployed', 'offline', 'unknown']),
  version: v.nullable(v.string()),
});
export type UpdateAgent = v.InferOutput<typeof UpdateAgentSchema>;
