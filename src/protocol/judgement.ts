import * as v from 'valibot';
import { PhaseStateSchema } from './phase.ts';
import { StepSchema } from './run.ts';

/**
 * One leaf of an impact: the node it is about, the node it runs on (null: here), what it does there, null when that is
 * nothing, and what it usually takes in ms.
 */
export const LeafImpactSchema = v.object({
  leaf: v.string(),
  about: v.nullable(v.string()),
  runsOn: v.nullable(v.string()),
  does: v.nullable(v.string()),
  takes: v.number(),
});
export type LeafImpact = v.InferOutput<typeof LeafImpactSchema>;

/** How long it usually takes as a whole, ms; `from` is the weakest of what the leaves' times are known from. */
export const TakesSchema = v.object({
  p50: v.number(),
  p90: v.number(),
  from: v.picklist(['siblings', 'earlier', 'defaults']),
});

/**
 * What an action would do. `pods.budgets` are the disruption budgets that allow no eviction now. null is unknown, said as unknown; it never means none. `leaves` are in the order they
 * will run. `etcd` counts master members now, while it runs and after, `quorum` is what must stay. `each` tells the
 * leaves one by one, `alarms` the warnings that foresee a failure, `skipped` what it means that each of `skips` is not done, `nodeVersions` the system software of
 * each node it moves; `takes` is null where no leaf runs.
 */
export const ImpactSchema = v.object({
  about: v.nullable(v.string()),
  runsOn: v.nullable(v.string()),
  leaves: v.array(v.string()),
  skips: v.array(v.string()),
  versions: v.nullable(v.object({ from: v.string(), to: v.string() })),
  pods: v.nullable(v.object({ count: v.number(), budgets: v.nullable(v.array(v.string())) })),
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
  alarms: v.optional(v.array(v.string())),
  undo: v.nullable(v.string()),
  each: v.optional(v.array(LeafImpactSchema)),
  skipped: v.optional(v.array(v.string())),
  nodeVersions: v.optional(v.array(v.object({ node: v.string(), from: v.string(), to: v.string() }))),
  takes: v.optional(v.nullable(TakesSchema)),
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
 * What a card says before anything else. queues – it will wait for a run of this agent · in-progress – a phase is in
 * progress that no run of this agent executes · plan-old – the plan could not be read for this judgement ·
 * not-reconciled – a phase ran on another node since gravity last fetched what happened there. `action` is offered first.
 */
export const HeadSchema = v.object({
  code: v.picklist(['queues', 'in-progress', 'plan-old', 'not-reconciled']),
  message: v.string(),
  nextStep: v.nullable(v.string()),
  action: v.nullable(v.string()),
});
export type Head = v.InferOutput<typeof HeadSchema>;

/** The run of this agent that something will wait for, and how many wait before it already. */
export const QueuesBehindSchema = v.object({ run: v.string(), waiting: v.number() });

/**
 * The agent's verdict on an action. `reason` is the sentence why not, null when allowed. `commands` are the literal
 * command lines, one per step. `heads` come before the impact, the gravest first; `queuesBehind` is null where it would
 * start at once; `states` are those of the phases it is about. `digest` covers verdict, steps, nodes, quorum and the states of the phases it is about: a run under
 * another one is refused.
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
  heads: v.optional(v.array(HeadSchema)),
  queuesBehind: v.optional(v.nullable(QueuesBehindSchema)),
  states: v.optional(v.record(v.string(), PhaseStateSchema)),
});
export type Judgement = v.InferOutput<typeof JudgementSchema>;
