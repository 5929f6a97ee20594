import * as v from 'valibot';
import { NodeStateSchema } from './health.ts';
import { historyKinds } from './history.ts';
import { HeadSchema } from './judgement.ts';
import { ObservedSchema } from './observed.ts';
import { PhaseStateSchema } from './phase.ts';
import { RunStateSchema, StepSchema } from './run.ts';
import { sourceNames } from './source.ts';
import { InstantSchema } from './text.ts';
import { WhySchema } from './why.ts';

const text = v.nullable(v.string());
const instant = v.nullable(InstantSchema);
const schema = v.literal(1);

const OperationTwinSchema = v.object({
  id: v.string(),
  type: v.string(),
  state: v.string(),
  description: v.string(),
  created: instant,
  progress: text,
});

const PhaseTwinSchema = v.object({
  id: v.string(),
  parent: text,
  leaf: v.boolean(),
  state: PhaseStateSchema,
  kind: v.string(),
  description: v.string(),
  node: text,
  runsOn: text,
  requires: v.array(v.string()),
  updated: instant,
  error: text,
  observed: v.nullable(v.pick(ObservedSchema, ['state', 'since', 'from', 'run'])),
});

/**
 * `gravity-console plan -o json`: phases flat, in plan order, a group's state computed by gravity's own rule. `state` and
 * the counts of states are what the plan says; `observed` is what is known of a phase beyond it, null where nothing is.
 */
export const PlanTwinSchema = v.object({
  schema,
  operation: v.object({
    id: text,
    type: text,
    state: text,
    cluster: text,
    leadMaster: text,
    gravityVersion: text,
  }),
  phases: v.array(PhaseTwinSchema),
  counts: v.object({
    leaves: v.number(),
    unstarted: v.number(),
    in_progress: v.number(),
    completed: v.number(),
    failed: v.number(),
    rolled_back: v.number(),
    observed: v.object({ in_progress: v.number(), failed: v.number() }),
  }),
});
export type PlanTwin = v.InferOutput<typeof PlanTwinSchema>;

const ProbeTwinSchema = v.object({
  checker: text,
  state: v.picklist(['running', 'failed']),
  severity: v.nullable(v.picklist(['critical', 'warning'])),
  text: v.string(),
});

/** `gravity-console nodes -o json`. `checker` is null where the source names none (the lists of `gravity status`). */
export const NodesTwinSchema = v.object({
  schema,
  state: v.picklist(['running', 'degraded', 'unknown']),
  at: instant,
  nodes: v.array(
    v.object({
      name: v.string(),
      ip: text,
      role: text,
      state: NodeStateSchema,
      probes: v.array(ProbeTwinSchema),
    }),
  ),
});
export type NodesTwin = v.InferOutput<typeof NodesTwinSchema>;

/** `gravity-console status -o json`. A source `file` is a saved output: nobody keeps it fresh. */
export const StatusTwinSchema = v.object({
  schema,
  cluster: text,
  state: text,
  reason: text,
  image: v.nullable(v.object({ name: v.string(), version: v.string() })),
  operations: v.array(OperationTwinSchema),
  nodes: v.array(
    v.object({
      name: v.string(),
      ip: text,
      role: text,
      profile: text,
      state: NodeStateSchema,
      failed: v.array(v.string()),
      warnings: v.array(v.string()),
      access: v.picklist(['online', 'offline', 'unknown']),
    }),
  ),
  alerts: v.array(v.object({ name: v.string(), severity: text, message: v.string(), since: instant })),
  sources: v.array(
    v.object({
      source: v.picklist(sourceNames),
      state: v.picklist(['never', 'good', 'doubtful', 'failing', 'file']),
      at: instant,
    }),
  ),
});
export type StatusTwin = v.InferOutput<typeof StatusTwinSchema>;

/** `gravity-console history -o json`, oldest first. */
export const HistoryTwinSchema = v.object({
  schema,
  events: v.array(
    v.object({
      at: InstantSchema,
      kind: v.picklist(historyKinds),
      node: text,
      checker: text,
      from: text,
      to: text,
      text: v.string(),
    }),
  ),
});
export type HistoryTwin = v.InferOutput<typeof HistoryTwinSchema>;

/** `gravity-console operations -o json`, as gravity lists them. */
export const OperationsTwinSchema = v.object({ schema, operations: v.array(OperationTwinSchema) });
export type OperationsTwin = v.InferOutput<typeof OperationsTwinSchema>;

/** `gravity-console runs -o json`, newest first. `commands` are the argument lists of the steps. */
export const RunsTwinSchema = v.object({
  schema,
  runs: v.array(
    v.object({
      id: v.string(),
      action: v.string(),
      label: v.string(),
      args: v.record(v.string(), v.unknown()),
      state: RunStateSchema,
      steps: v.array(StepSchema),
      step: v.number(),
      by: v.string(),
      reason: text,
      operationId: text,
      queuedAt: InstantSchema,
      startedAt: instant,
      finishedAt: instant,
      exitCode: v.nullable(v.number()),
      signal: text,
      sentence: text,
      outputBytes: v.number(),
    }),
  ),
});
export type RunsTwin = v.InferOutput<typeof RunsTwinSchema>;

/** `gravity-console journal -o json`, oldest first; what else an entry carries is its kind's. */
export const JournalTwinSchema = v.object({
  schema,
  entries: v.array(v.looseObject({ at: InstantSchema, kind: v.string() })),
});
export type JournalTwin = v.InferOutput<typeof JournalTwinSchema>;

/** `gravity-console doctor -o json`: one row a thing looked at, and what reading touches on this machine. */
export const DoctorTwinSchema = v.object({
  schema,
  checks: v.array(
    v.object({
      name: v.string(),
      state: v.picklist(['works', 'does-not', 'unknown', 'absent']),
      text: v.string(),
      nextStep: text,
    }),
  ),
  touches: v.array(v.string()),
});
export type DoctorTwin = v.InferOutput<typeof DoctorTwinSchema>;

/** `gravity-console do -o json`: the verdict; `run` once it was started, `allowed` null when it could not be judged. */
export const DoTwinSchema = v.object({
  schema,
  kind: v.picklist(['live', 'rehearsal', 'replay']),
  label: text,
  action: v.string(),
  args: v.record(v.string(), v.unknown()),
  allowed: v.boolean(),
  reason: text,
  nextStep: text,
  risk: v.picklist(['read', 'change', 'destroy']),
  /** What a card says before anything else: an old plan, a phase in progress, a run it waits for. */
  heads: v.array(HeadSchema),
  confirm: v.object({ kind: v.picklist(['none', 'yes', 'type']), word: text, reason: v.boolean() }),
  commands: v.array(v.string()),
  impact: v.record(v.string(), v.unknown()),
  run: v.nullable(
    v.object({ id: v.string(), state: RunStateSchema, exitCode: v.nullable(v.number()), sentence: text }),
  ),
});
export type DoTwin = v.InferOutput<typeof DoTwinSchema>;

const ExplainedPhaseSchema = v.object({
  id: v.string(),
  state: PhaseStateSchema,
  description: v.string(),
  node: text,
  runsOn: text,
  requires: v.array(v.object({ phase: v.string(), state: v.nullable(PhaseStateSchema) })),
  updated: instant,
  error: text,
});

/**
 * `gravity-console explain -o json`: the runbook of a leaf, or of a kind where `phase` is null. `time.from` says what
 * the times are learned from, `seen` from how many runs. A check without a `command` says why in `refusal`; `mind` warns
 * where it looks at another node. `rollback.command` is null where it is refused, and then `refusal` says why.
 */
export const ExplainTwinSchema = v.object({
  schema,
  asked: v.string(),
  kind: v.string(),
  title: v.string(),
  phase: v.nullable(ExplainedPhaseSchema),
  does: v.string(),
  irreversible: text,
  time: v.object({
    p50Ms: v.number(),
    p90Ms: v.number(),
    limitMs: v.number(),
    from: v.picklist(['siblings', 'earlier', 'defaults']),
    seen: v.number(),
    text: v.string(),
  }),
  failures: v.array(v.object({ see: v.string(), means: v.string(), do: v.string() })),
  look: v.string(),
  checks: v.array(
    v.object({
      id: v.string(),
      label: v.string(),
      tells: v.string(),
      command: text,
      refusal: text,
      mind: text,
    }),
  ),
  recovery: v.nullable(
    v.object({ again: v.string(), rollback: v.string(), force: v.string(), hand: v.string() }),
  ),
  rollback: v.object({ does: text, command: text, refusal: text }),
  never: v.array(v.string()),
  why: v.nullable(WhySchema),
});
export type ExplainTwin = v.InferOutput<typeof ExplainTwinSchema>;

/** The twins' contract, one row a command: docs/NAME.schema.json is made from it. */
export const twinSchemas = {
  plan: PlanTwinSchema,
  nodes: NodesTwinSchema,
  status: StatusTwinSchema,
  history: HistoryTwinSchema,
  operations: OperationsTwinSchema,
  runs: RunsTwinSchema,
  journal: JournalTwinSchema,
  doctor: DoctorTwinSchema,
  do: DoTwinSchema,
  explain: ExplainTwinSchema,
} as const satisfies Record<string, v.GenericSchema>;
export type TwinName = keyof typeof twinSchemas;
