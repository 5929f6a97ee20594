import * as v from 'valibot';
import { AtWorkSchema } from './at-work.ts';
import { AutopilotSchema } from './autopilot.ts';
import { BaselineSchema } from './baseline.ts';
import { BinarySchema } from './binary.ts';
import { BreakpointSchema } from './breakpoint.ts';
import { ChangeSchema } from './change.ts';
import { HealthSchema } from './health.ts';
import { HistoryEventSchema } from './history.ts';
import { DurationSampleSchema } from './learned.ts';
import { NoteSchema } from './note.ts';
import { ObservedSchema } from './observed.ts';
import { OperationSchema } from './operation.ts';
import { PlaceSchema } from './place.ts';
import { PlanSchema } from './plan.ts';
import { ReportedSchema } from './reported.ts';
import { RunSchema } from './run.ts';
import { SourceStateSchema, sourceNames } from './source.ts';
import { StatusSchema } from './status.ts';
import { InstantSchema } from './text.ts';
import { UpdateAgentSchema } from './update-agent.ts';
import { WheelSchema } from './wheel.ts';

export const agentKinds = ['live', 'rehearsal', 'replay'] as const;
export const AgentKindSchema = v.picklist(agentKinds);
export type AgentKind = v.InferOutput<typeof AgentKindSchema>;

/**
 * What the agent has seen of one leaf: how often it was executed, when it last entered in_progress and left it, by its
 * own clock. `back`: that last passage was a rollback, which is no attempt. `by` is the run whose doing its last change
 * was, null when it was none of ours (another shell, gravity's own agent), absent when nobody was watching. `pilot`: that
 * run was a step of an autopilot, which goes from leaf to leaf without a pause.
 */
export const PassageSchema = v.object({
  attempts: v.number(),
  began: v.nullable(InstantSchema),
  ended: v.nullable(InstantSchema),
  changed: InstantSchema,
  back: v.optional(v.boolean()),
  by: v.optional(v.nullable(v.string())),
  pilot: v.optional(v.boolean()),
});
export type Passage = v.InferOutput<typeof PassageSchema>;

/**
 * All the agent knows, the fold of its events from the empty state. `plan`, `status`, `health` … are the last good
 * readings, null before the first. `nodeNames` maps an address to a host name. `history` holds the newest events,
 * oldest first, bounded; `runs` the newest first, bounded. `earlier` is what leaves of earlier operations took. Notes,
 * breakpoints, autopilot and baseline are of the plan's operation.
 */
export const ClusterSchema = v.object({
  schema: v.literal(1),
  kind: AgentKindSchema,
  label: v.nullable(v.string()),
  readOnly: v.boolean(),
  /** Whether `plan resume` may leave its work to gravity's own systemd unit, or runs `--block` under our keeper. */
  units: v.picklist(['systemd', 'none']),
  place: PlaceSchema,
  binaries: v.array(BinarySchema),
  sources: v.object(
    Object.fromEntries(sourceNames.map((name) => [name, SourceStateSchema])) as Record<
      (typeof sourceNames)[number],
      typeof SourceStateSchema
    >,
  ),
  plan: v.nullable(PlanSchema),
  passages: v.record(v.string(), PassageSchema),
  status: v.nullable(StatusSchema),
  health: v.nullable(HealthSchema),
  /** When the collection of `health` began, by the agent's clock. */
  healthCollected: v.optional(v.nullable(InstantSchema), null),
  /** How far the clock of the health endpoint is ahead of the agent's, in ms; null where it did not tell its time. */
  healthClock: v.optional(v.nullable(v.number()), null),
  /** What was last reported of every node, across lives of the agent and silences of the node. */
  reported: v.optional(ReportedSchema, {}),
  /** Since when what fails in `health` does: by the endpoint's name of the node, with the checker for a probe (`n1 docker`). */
  failing: v.optional(v.record(v.string(), InstantSchema), {}),
  history: v.array(HistoryEventSchema),
  /** What the agent saw change in the plan and in who has control, oldest first, bounded. */
  changes: v.optional(v.array(ChangeSchema), []),
  agents: v.nullable(v.array(UpdateAgentSchema)),
  operations: v.nullable(v.array(OperationSchema)),
  runs: v.array(RunSchema),
  wheel: WheelSchema,
  earlier: v.optional(v.array(DurationSampleSchema), []),
  notes: v.optional(v.array(NoteSchema), []),
  breakpoints: v.optional(v.array(BreakpointSchema), []),
  autopilot: v.optional(v.nullable(AutopilotSchema), null),
  baseline: v.optional(v.nullable(BaselineSchema), null),
  /** By leaf, of the plan's operation: what is known beyond the plan. A leaf without an entry is as the plan says. */
  observed: v.optional(v.record(v.string(), ObservedSchema), {}),
  /** When the local copy of the plan last met etcd, and by which run; null: not since the agent knows this operation. */
  reconciled: v.optional(v.nullable(v.object({ at: InstantSchema, run: v.string() })), null),
  /** Seen at the last look, at most 5 s ago; null before the first, and where processes cannot be looked at. */
  atWork: v.optional(v.nullable(AtWorkSchema), null),
});
export type Cluster = v.InferOutput<typeof ClusterSchema>;
