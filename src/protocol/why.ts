import * as v from 'valibot';
import { InstantSchema } from './text.ts';

/** Where a piece of evidence comes from, in an operator's words. */
export const evidenceSources = [
  'plan',
  'status',
  'health',
  'history',
  'agents',
  'operations',
  'kubernetes',
  'run',
  'agent',
  'gravity',
] as const;

/** One link of a chain of causes: a sentence, where it is known from, and when that was read; null is unknown. */
export const CauseSchema = v.object({
  text: v.string(),
  source: v.picklist(evidenceSources),
  at: v.nullable(InstantSchema),
});
export type Cause = v.InferOutput<typeof CauseSchema>;

/**
 * What to do next, and safe to do. action – a row of the table of actions with these arguments; `commands` its literal
 * command lines, with the right binary's path · hand – work of the operator's own, named; `commands` may be copied and
 * are never run from here · wait – nothing: it goes on by itself.
 */
export const NextStepSchema = v.object({
  what: v.picklist(['action', 'hand', 'wait']),
  text: v.string(),
  action: v.nullable(v.string()),
  args: v.record(v.string(), v.unknown()),
  commands: v.array(v.string()),
});
export type NextStep = v.InferOutput<typeof NextStepSchema>;

/**
 * Why something is as it is: the question in full, causes from what is seen to what is behind it, and the next safe step.
 * `id` is the row of the table of reasons that answered. `after` is what to do after the next step.
 */
export const WhySchema = v.object({
  id: v.string(),
  phase: v.nullable(v.string()),
  question: v.string(),
  causes: v.array(CauseSchema),
  next: NextStepSchema,
  after: v.nullable(v.string()),
});
export type Why = v.InferOutput<typeof WhySchema>;
