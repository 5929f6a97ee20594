import * as v from 'valibot';
import { AtWorkSchema } from './at-work.ts';
import { AutopilotSchema } from './autopilot.ts';
import { BaselineSchema } from './baseline.ts';
import { BinarySchema } from './binary.ts';
import { BreakpointSchema } from './breakpoint.ts';
import { HealthSchema } from './health.ts';
import { HistoryEventSchema } from './history.ts';
import { IdentitySchema } from './identity.ts';
import { NoteSchema } from './note.ts';
import { ObservedSchema } from './observed.ts';
import { OperationSchema } from './operation.ts';
import { PhaseStateSchema } from './phase.ts';
import { PlaceSchema } from './place.ts';
import { PlanSchema } from './plan.ts';
import { ReportedSchema } from './reported.ts';
import { RunSchema } from './run.ts';
import { SourceStateSchema } from './source.ts';
import { StatusSchema } from './status.ts';
import { InstantSchema } from './text.ts';
import { UpdateAgentSchema } from './update-agent.ts';
import { WheelSchema } from './wheel.ts';

const nullableText = v.nullable(v.string());

/**
 * Everything that can happen, in the past tense, one row each: what it carries and whether the journal keeps it.
 * `seen` is the agent's clock, `at` the cluster's. A new kind of event is one row here and one case in the fold.
 */
export const eventTable = {
  /** A source's state changed: its first answer, a failure, its recovery. A newer last-good time alone is no event: beats carry it. */
  'source.changed': { journal: 'on-change', fields: { source: SourceStateSchema } },
  /** A plan was read that is another document than the one before (or the first). States in it are as of then. */
  'plan.read': { journal: 'always', fields: { plan: v.nullable(PlanSchema) } },
  /**
   * One leaf went from one state to another between two readings. `at` is gravity's `updated`; `by` the run whose doing
   * it was, null when it was none of ours, absent when nobody was watching.
   */
  'phase.changed': {
    journal: 'always',
    fields: {
      operation: nullableText,
      phase: v.string(),
      from: PhaseStateSchema,
      to: PhaseStateSchema,
      at: v.nullable(InstantSchema),
      error: nullableText,
      by: v.optional(nullableText),
    },
  },
  /**
   * A phase's `updated` or `error` moved while its state stayed. The journal is told only of a leaf that failed, or
   * was started, again between two readings; a second `completed` is gravity's own echo (engine-observed 2, rule 9).
   */
  'phase.touched': {
    journal: 'on-change',
    fields: {
      phase: v.string(),
      state: PhaseStateSchema,
      at: v.nullable(InstantSchema),
      error: nullableText,
      by: v.optional(nullableText),
    },
  },
  /** What is known of a leaf beyond the plan changed; null: the plan alone counts again. */
  'phase.observed': {
    journal: 'always',
    fields: { operation: nullableText, phase: v.string(), observed: v.nullable(ObservedSchema) },
  },
  /** A gravity that works on a plan began or ended on the agent's machine; null: processes cannot be looked at. */
  'gravity.working': { journal: 'on-change', fields: { atWork: v.nullable(AtWorkSchema) } },
  /**
   * A command of ours had gravity reconcile the local copy of the plan with etcd, at `at`, and the plan was read since: what
   * other nodes wrote before is in it.
   */
  'copy.reconciled': {
    journal: 'always',
    fields: { operation: nullableText, at: InstantSchema, run: v.string() },
  },
  'status.read': { journal: 'never', fields: { status: StatusSchema } },
  /** The cluster's state (or its reason) changed between two readings of status. */
  'cluster.changed': {
    journal: 'always',
    fields: { from: nullableText, to: nullableText, reason: nullableText },
  },
  'operation.changed': {
    journal: 'always',
    fields: { operation: v.string(), type: v.string(), from: nullableText, to: v.string() },
  },
  'health.read': { journal: 'never', fields: { health: HealthSchema } },
  /** Another collection with the same result: only its times moved. */
  'health.dated': {
    journal: 'never',
    fields: { at: v.nullable(InstantSchema), servedAt: v.nullable(InstantSchema) },
  },
  /** The first reading of health in a life of the agent: what the changes after it start from. */
  'health.began': { journal: 'always', fields: { nodes: ReportedSchema } },
  /**
   * `to` is a node's state, or `vanished`: it is no longer in the endpoint's list (satellite.md, gotcha 7). `at` is when
   * the collection began that shows it; `away`: it changed while no agent was watching.
   */
  'node.changed': {
    journal: 'always',
    fields: {
      node: v.string(),
      ip: nullableText,
      from: nullableText,
      to: v.string(),
      at: v.optional(v.nullable(InstantSchema)),
      away: v.optional(v.boolean()),
    },
  },
  /** `to` is failed, running, or `gone`: some checkers say nothing when they are fine (satellite.md 7). */
  'probe.changed': {
    journal: 'always',
    fields: {
      node: v.string(),
      checker: v.string(),
      from: nullableText,
      to: v.string(),
      severity: nullableText,
      text: v.string(),
      detail: v.optional(v.string()),
      at: v.optional(v.nullable(InstantSchema)),
      away: v.optional(v.boolean()),
    },
  },
  /** Events of the cluster's timeline not seen before, oldest first. */
  'history.read': { journal: 'never', fields: { events: v.array(HistoryEventSchema) } },
  'agents.read': { journal: 'never', fields: { agents: v.array(UpdateAgentSchema) } },
  'operations.read': { journal: 'never', fields: { operations: v.array(OperationSchema) } },
  'run.changed': { journal: 'on-change', fields: { run: RunSchema } },
  'wheel.taken': { journal: 'always', fields: { wheel: WheelSchema, from: v.nullable(IdentitySchema) } },
  'wheel.released': { journal: 'always', fields: { by: v.nullable(IdentitySchema), lost: v.boolean() } },
  /** Somebody wrote something down about a phase. */
  'note.written': { journal: 'always', fields: { note: NoteSchema } },
  'breakpoint.set': { journal: 'always', fields: { breakpoint: BreakpointSchema } },
  'breakpoint.cleared': {
    journal: 'always',
    fields: { breakpoint: v.string(), by: v.nullable(IdentitySchema) },
  },
  /** The autopilot was armed, holds, goes on, or waits for something else; null: it was stopped, by whom `by` says. */
  'autopilot.changed': {
    journal: 'always',
    fields: { autopilot: v.nullable(AutopilotSchema), by: v.nullable(IdentitySchema) },
  },
  /** How the nodes were when an operation was first seen. */
  'baseline.taken': { journal: 'always', fields: { baseline: BaselineSchema } },
  'binaries.found': { journal: 'on-change', fields: { binaries: v.array(BinarySchema) } },
  'place.found': { journal: 'on-change', fields: { place: PlaceSchema } },
  'agent.started': { journal: 'always', fields: { version: v.string(), pid: v.number() } },
  'agent.stopped': { journal: 'always', fields: {} },
} as const;

export type EventKind = keyof typeof eventTable;

type Fields<K extends EventKind> = (typeof eventTable)[K]['fields'];
type Optional<F> = {
  [N in keyof F]: F[N] extends v.OptionalSchema<v.GenericSchema, undefined> ? N : never;
}[keyof F];
type Output<S> = S extends v.GenericSchema ? v.InferOutput<S> : never;
type Carried<K extends EventKind> = {
  [F in Exclude<keyof Fields<K>, Optional<Fields<K>>>]: Output<Fields<K>[F]>;
} & { [F in Optional<Fields<K>>]?: Output<Fields<K>[F]> };

/** One event: its kind, when the agent saw it, and what its row says it carries. */
export type Event = { [K in EventKind]: { kind: K; seen: string } & Carried<K> }[EventKind];

export const EventSchema = v.variant(
  'kind',
  Object.entries(eventTable).map(([kind, row]) =>
    v.object({ kind: v.literal(kind), seen: InstantSchema, ...row.fields }),
  ) as never,
) as unknown as v.GenericSchema<Event>;
