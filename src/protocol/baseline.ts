import * as v from 'valibot';
import { NodeStateSchema } from './health.ts';
import { InstantSchema } from './text.ts';

/**
 * How the nodes were when the agent first saw an operation: what failed on each, and the versions its probes tell
 * (`etcd-version` → `3.4.9`). `begun`: leaves had run already, so that it is not the state of before.
 */
export const BaselineSchema = v.object({
  operation: v.nullable(v.string()),
  at: InstantSchema,
  begun: v.boolean(),
  nodes: v.array(
    v.object({
      name: v.string(),
      state: NodeStateSchema,
      failed: v.array(v.string()),
      versions: v.record(v.string(), v.string()),
    }),
  ),
});
export type Baseline = v.InferOutput<typeof BaselineSchema>;
