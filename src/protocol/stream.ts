import * as v from 'valibot';
import { ClusterSchema } from './cluster.ts';
import { EventSchema } from './event.ts';
import { InstantSchema } from './text.ts';

/** Where a reader stands in the stream: `epoch` names one life of an agent, `seq` counts its events from 1. */
export const PositionSchema = v.object({ epoch: v.string(), seq: v.number() });
export type Position = v.InferOutput<typeof PositionSchema>;

export const SnapshotSchema = v.object({
  schema: v.literal(1),
  epoch: v.string(),
  seq: v.number(),
  at: InstantSchema,
  state: ClusterSchema,
});
export type Snapshot = v.InferOutput<typeof SnapshotSchema>;

/**
 * What crosses the WebSocket: a snapshot first (and after any gap), then events, and a beat every 10 s. An unchanged
 * poll is no event, so the beat carries when each source last answered well, by source name.
 */
export const StreamMessageSchema = v.variant('type', [
  v.object({ type: v.literal('snapshot'), ...SnapshotSchema.entries }),
  v.object({ type: v.literal('event'), epoch: v.string(), seq: v.number(), event: EventSchema }),
  v.object({
    type: v.literal('beat'),
    epoch: v.string(),
    seq: v.number(),
    at: InstantSchema,
    lastGood: v.optional(v.record(v.string(), InstantSchema)),
  }),
]);
export type StreamMessage = v.InferOutput<typeof StreamMessageSchema>;
