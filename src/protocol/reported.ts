import * as v from 'valibot';
import { ProbeSchema } from './health.ts';

/**
 * What was last reported of a node: its state (`vanished` when the endpoint no longer lists it) and the probes that
 * fail. A node that stops answering keeps its probes: nobody says that they are fine again.
 */
export const ReportedNodeSchema = v.object({
  ip: v.nullable(v.string()),
  state: v.nullable(v.string()),
  failed: v.array(ProbeSchema),
});
export type ReportedNode = v.InferOutput<typeof ReportedNodeSchema>;

/** By the name under which the journal knows the node. */
export const ReportedSchema = v.record(v.string(), ReportedNodeSchema);
export type Reported = v.InferOutput<typeof ReportedSchema>;
