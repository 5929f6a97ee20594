import * as v from 'valibot';
import { IdentitySchema } from './identity.ts';
import { InstantSchema } from './text.ts';

/**
 * armed – steps leaf by leaf, or waits for what `sentence` says · pausing – will hold after the leaf under way ·
 * paused – holds, for the reason `sentence` gives, until somebody lets it go on.
 */
export const autopilotStates = ['armed', 'pausing', 'paused'] as const;

/** Why it holds. `last`: every leaf is completed, and the operation asks to be completed by hand. */
export const holdReasons = [
  'breakpoint',
  'failure',
  'outage',
  'elsewhere',
  'refused',
  'operator',
  'last',
] as const;

/**
 * The agent stepping through a plan by itself. `by` armed it. `hold` is why it holds, null while it does not;
 * `breakpoint` the id of the one it holds at. `passed` are the breakpoints it was let past, each with the phase it held
 * before (`after-each-master /masters/master-2`), so that it does not hold at the same place twice. `run` is its step
 * under way or its last. `since` is when it was armed or last let go on, pausing or not, and while it is paused, since when.
 *
 * What can be wrong has one name here: a node that does not answer (`master-2`), a probe (`master-2 docker`), the
 * `health` endpoint, a failed leaf (its id). `accepted` was wrong already when somebody confirmed that it goes on, and
 * still is; `wrong` is unexpected and makes it wait, each since when it was first seen so.
 */
export const AutopilotSchema = v.object({
  operation: v.nullable(v.string()),
  state: v.picklist(autopilotStates),
  by: IdentitySchema,
  since: InstantSchema,
  sentence: v.string(),
  hold: v.nullable(v.picklist(holdReasons)),
  breakpoint: v.nullable(v.string()),
  phase: v.nullable(v.string()),
  run: v.nullable(v.string()),
  passed: v.array(v.string()),
  accepted: v.optional(v.array(v.string()), []),
  wrong: v.optional(v.array(v.object({ what: v.string(), since: InstantSchema })), []),
});
export type Autopilot = v.InferOutput<typeof AutopilotSchema>;
