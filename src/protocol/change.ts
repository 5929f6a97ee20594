import * as v from 'valibot';
import { InstantSchema } from './text.ts';

/**
 * What the agent saw change and no source keeps a record of: a leaf that went to another state (`what` its id, `to` that
 * state, known beyond the plan too), or control of the operation that was taken or released (`what` who, `to` taken,
 * released or lost).
 */
export const ChangeSchema = v.object({
  at: InstantSchema,
  kind: v.picklist(['phase', 'control']),
  what: v.string(),
  to: v.string(),
  /** An error in one line, or the reason control was taken for. */
  text: v.nullable(v.string()),
});
export type Change = v.InferOutput<typeof ChangeSchema>;
