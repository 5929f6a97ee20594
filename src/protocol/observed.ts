import * as v from 'valibot';
import { InstantSchema } from './text.ts';

/**
 * What is known of a leaf beyond the plan: on real nodes the lead's plan never shows a remote leaf in progress, nor that
 * it failed (nodes-facts 3). `from` is where it is known from: a live run of this agent, the log of a followed systemd
 * unit, or a log file; `run` is that run. `way` is what is done to the leaf, `node` the node gravity named for it (null:
 * this machine), `error` gravity's error in one line once it failed. `left`: in progress there, and nobody is known to run it
 * any more. `killed`: gravity was, and its remote part with it (nodes-facts 5.1). `orphan`: only the connection broke, so the
 * work may go on by itself, or die at its next line of output (5.6).
 */
export const ObservedSchema = v.object({
  state: v.picklist(['in_progress', 'failed']),
  since: InstantSchema,
  from: v.picklist(['run', 'unit', 'log']),
  run: v.nullable(v.string()),
  way: v.picklist(['execute', 'rollback']),
  node: v.nullable(v.string()),
  error: v.nullable(v.string()),
  left: v.optional(v.picklist(['killed', 'orphan'])),
});
export type Observed = v.InferOutput<typeof ObservedSchema>;
