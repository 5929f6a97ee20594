import * as v from 'valibot';
import { BinarySchema } from './binary.ts';
import { AgentKindSchema } from './cluster.ts';
import { PlaceSchema } from './place.ts';
import { SourceStateSchema } from './source.ts';
import { WheelSchema } from './wheel.ts';

/** `GET /v1/info`. `lead` is the host name of the plan's lead master, null for operations without one. */
export const InfoSchema = v.object({
  schema: v.literal(1),
  version: v.string(),
  protocol: v.number(),
  kind: AgentKindSchema,
  label: v.nullable(v.string()),
  readOnly: v.boolean(),
  pid: v.number(),
  epoch: v.string(),
  node: v.nullable(v.string()),
  place: PlaceSchema,
  lead: v.nullable(v.string()),
  binaries: v.array(BinarySchema),
  sources: v.array(SourceStateSchema),
  wheel: WheelSchema,
});
export type Info = v.InferOutput<typeof InfoSchema>;

/** `GET /v1/health`: the agent's own. Milliseconds and bytes; `p95` is of a source's reading time. */
export const AgentHealthSchema = v.object({
  schema: v.literal(1),
  sources: v.array(
    v.object({
      source: v.string(),
      lastGood: v.nullable(v.string()),
      p95: v.nullable(v.number()),
      failures: v.number(),
      readings: v.number(),
    }),
  ),
  queue: v.number(),
  journalLag: v.number(),
  memory: v.number(),
  descriptors: v.nullable(v.number()),
  cpuMs: v.number(),
  childCpuMs: v.number(),
  upMs: v.number(),
});
export type AgentHealth = v.InferOutput<typeof AgentHealthSchema>;
