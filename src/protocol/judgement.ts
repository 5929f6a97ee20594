import * as v from 'valibot';
import { StepSchema } from './run.ts';

/**
 * What an action would do. null is unknown, said as unknown; it never means none. `leaves` are in the order they
 * will run. `etcd` counts master members now, while it runs and after, `quorum` is what must stay.
 */
export const ImpactSchema = v.object({
  about: v.nullable(v.string()),
  runsOn: v.nullable(v.string()),
  leaves: v.array(v.string()),
  skips: v.array(v.string()),
  versions: v.nullable(v.object({ from: v.string(), to: v.string() })),
  pods: v.nullable(v.object({ count: v.number(), budgets: v.array(v.string()) })),
  podsAsked: v.boolean(),
  etcd: v.nullable(
    v.object({
      members: v.number(),
      now: v.number(),
      during: v.number(),
      after: v.number(),
      quorum: v.number(),
    }),
  ),
  dark: v.array(v.string()),
  irreversible: v.array(v.string()),
  warnings: v.array(v.string()),
  undo: v.nullable(v.string()),
});
export type Impact = v.InferOutput<typeof ImpactSchema>;

/** How a judgement is confirmed; `word` is what must be typed where `kind` is type. */
export const ConfirmSchema = v.object({
  kind: v.picklist(['none', 'yes', 'type']),
  word: v.nullable(v.string()),
  reason: v.boolean(),
});
export type Confirm = v.InferOutput<typeof ConfirmSchema>;

/**
 * The agent's verdict on an action. `reason` is the sentence why not, null when allowed. `commands` are the literal
 * command lines, one per step. `digest` covers verdict, steps, nodes and quorum: a run under another one is refused.
 */
export const JudgementSchema = v.object({
  schema: v.literal(1),
  id: v.string(),
  digest: v.string(),
  action: v.string(),
  label: v.string(),
  args: v.record(v.string(), v.unknown()),
  risk: v.picklist(['read', 'change', 'destroy']),
  allowed: v.boolean(),
  reason: v.nullable(v.string()),
  nextStep: v.nullable(v.string()),
  confirm: ConfirmSchema,
  steps: v.array(StepSchema),
  commands: v.array(v.string()),
  impact: ImpactSchema,
});
export type Judgement = v.InferOutput<typeof JudgementSchema>;
