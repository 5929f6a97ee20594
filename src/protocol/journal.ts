import * as v from 'valibot';

/**
 * One entry of the journal, one line of STATE/journal.jsonl. `seen` is the agent's clock, `at` the cluster's own
 * time where it told one, else `seen`; `tick` a monotonic clock in ms within one epoch. The rest is the event's.
 */
export const JournalEntrySchema = v.looseObject({
  n: v.number(),
  epoch: v.string(),
  kind: v.string(),
  at: v.string(),
  seen: v.string(),
  tick: v.number(),
});
export type JournalEntry = v.InferOutput<typeof JournalEntrySchema>;

/** `GET /v1/journal?since=N`: entries with `n` greater than N, oldest first; `next` is the `since` to go on with. */
export const JournalPageSchema = v.object({
  schema: v.literal(1),
  entries: v.array(JournalEntrySchema),
  next: v.number(),
  more: v.boolean(),
});
export type JournalPage = v.InferOutput<typeof JournalPageSchema>;
