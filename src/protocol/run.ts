import * as v from 'valibot';
import { IdentitySchema } from './identity.ts';
import { InstantSchema } from './text.ts';

/**
 * One step of a run. `gravity`: `path` is the binary's absolute path and `argv` its arguments, the command first.
 * `agent`: something the agent does itself; `argv` is its words (`wheel take`). `phase` is the leaf it is about.
 * `unit` is there when the step returns before its work is done: the systemd unit that goes on with it. `expects`: how it
 * ends when it did what it is for, where that is not exit code 0: that code, with these words in what it printed.
 */
export const StepSchema = v.object({
  program: v.picklist(['gravity', 'agent']),
  path: v.nullable(v.string()),
  argv: v.array(v.string()),
  phase: v.nullable(v.string()),
  unit: v.optional(v.string()),
  expects: v.optional(v.object({ exitCode: v.number(), says: v.string() })),
});
export type Step = v.InferOutput<typeof StepSchema>;

export const runStates = ['queued', 'running', 'done', 'failed', 'cancelled', 'lost', 'unknown'] as const;
export const RunStateSchema = v.picklist(runStates);
export type RunState = v.InferOutput<typeof RunStateSchema>;

/**
 * A run of an action. `done` only when every step succeeded; `lost` when its keeper vanished without an exit;
 * `unknown` when a followed operation's end could not be read. `step` is the index of the step under way or the
 * last one begun. `exitCode` is gravity’s own, `sentence` its error in one line with the innermost cause, cleaned.
 * `leaves` are those it was judged to run, in order: the checklist of the run.
 */
export const RunSchema = v.object({
  id: v.string(),
  requestId: v.string(),
  action: v.string(),
  label: v.string(),
  args: v.record(v.string(), v.unknown()),
  lane: v.picklist(['cluster', 'read']),
  state: RunStateSchema,
  steps: v.array(StepSchema),
  step: v.number(),
  by: IdentitySchema,
  reason: v.nullable(v.string()),
  operationId: v.nullable(v.string()),
  queuedAt: InstantSchema,
  startedAt: v.nullable(InstantSchema),
  finishedAt: v.nullable(InstantSchema),
  exitCode: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  sentence: v.nullable(v.string()),
  interruptedBy: v.nullable(IdentitySchema),
  outputBytes: v.number(),
  leaves: v.optional(v.array(v.string())),
});
export type Run = v.InferOutput<typeof RunSchema>;

export const finalRunStates: readonly RunState[] = ['done', 'failed', 'cancelled', 'lost', 'unknown'];

export function isFinal(state: RunState): boolean {
  return finalRunStates.includes(state);
}
