import * as v from 'valibot';

/**
 * What one leaf once took, as the agent saw it: the kind of the phase, the role of the node it was about, the version
 * step it was part of (`2.4.0 > 2.5.0`, in a multi-hop plan with the hop before it), and how long, in ms. Null is
 * unknown. `atMost`: nobody watched; by gravity's own stamps it took no longer, for somebody may have waited before it.
 */
export const DurationSampleSchema = v.object({
  operation: v.nullable(v.string()),
  phase: v.string(),
  kind: v.string(),
  role: v.nullable(v.picklist(['master', 'node'])),
  step: v.nullable(v.string()),
  node: v.nullable(v.string()),
  ms: v.number(),
  atMost: v.optional(v.boolean()),
});
export type DurationSample = v.InferOutput<typeof DurationSampleSchema>;
