import * as v from 'valibot';
import { InstantSchema } from './text.ts';

/** Gravity's five states of a phase and no other; a leaf without `state` is unstarted (engine-observed 1). */
export const phaseStates = ['unstarted', 'in_progress', 'completed', 'failed', 'rolled_back'] as const;
export const PhaseStateSchema = v.picklist(phaseStates);
export type PhaseState = v.InferOutput<typeof PhaseStateSchema>;

/**
 * One phase of a plan, flat. `node` is the host name the phase is about (`data.server`, else `data.exec_server`),
 * `runsOn` where it runs (`exec_server`, else `server`, else null: the coordinator's own host).
 * `kind` is the executor, or for plans that leave it empty the first segment of the id; `group` for groups.
 * `versions` is the system software (planet) it brings its node from and to, where the plan tells.
 * A group's state is computed by gravity's own rule; `updated` is null where gravity prints the zero time.
 */
export const PhaseSchema = v.object({
  id: v.string(),
  parent: v.nullable(v.string()),
  leaf: v.boolean(),
  state: PhaseStateSchema,
  kind: v.string(),
  description: v.string(),
  node: v.nullable(v.string()),
  runsOn: v.nullable(v.string()),
  requires: v.array(v.string()),
  parallel: v.boolean(),
  updated: v.nullable(InstantSchema),
  error: v.nullable(v.string()),
  versions: v.optional(v.object({ from: v.string(), to: v.string() })),
});
export type Phase = v.InferOutput<typeof PhaseSchema>;
