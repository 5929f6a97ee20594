import * as v from 'valibot';
import { IdentitySchema } from './identity.ts';
import { InstantSchema } from './text.ts';

/** Where an autopilot stops: before a phase, after each master, before etcd, a probe wrong for long, a time of day. */
export const breakpointKinds = ['phase', 'after-each-master', 'before-etcd', 'probe', 'time'] as const;
export const BreakpointKindSchema = v.picklist(breakpointKinds);
export type BreakpointKind = v.InferOutput<typeof BreakpointKindSchema>;

/**
 * One breakpoint of an operation. `id` tells it apart and says what it is (`phase:/etcd`, `after-each-master`,
 * `probe:60`, `time:…`), so that setting it twice sets it once. `phase` is where a `phase` one stops, before the phase
 * begins; `seconds` how long a probe may fail unexpectedly; `at` the time.
 */
export const BreakpointSchema = v.object({
  id: v.string(),
  operation: v.nullable(v.string()),
  on: BreakpointKindSchema,
  phase: v.nullable(v.string()),
  seconds: v.nullable(v.number()),
  at: v.nullable(InstantSchema),
  by: IdentitySchema,
  set: InstantSchema,
});
export type Breakpoint = v.InferOutput<typeof BreakpointSchema>;
