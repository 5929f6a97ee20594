import * as v from 'valibot';
import { ProblemSchema } from './problem.ts';
import { InstantSchema } from './text.ts';

/** What is asked again and again. */
export const polledSources = ['plan', 'status', 'health', 'history', 'agents', 'operations'] as const;
export type PolledSource = (typeof polledSources)[number];

/** Where data comes from; each has its own state and its own age (design 4). Logs are followed, where there are any. */
export const sourceNames = [...polledSources, 'logs'] as const;
export const SourceNameSchema = v.picklist(sourceNames);
export type SourceName = v.InferOutput<typeof SourceNameSchema>;

/**
 * never – not asked or not answered yet · good · doubtful – answered, with a remark (just started, stale, mangled) ·
 * failing – the last attempt failed; the data shown is from `lastGood`: when it was read, of health when the endpoint
 * began to collect it. `via` is the master whose health endpoint answers instead of this node's; `problem` then says why.
 */
export const SourceStateSchema = v.object({
  source: SourceNameSchema,
  state: v.picklist(['never', 'good', 'doubtful', 'failing']),
  at: v.nullable(InstantSchema),
  lastGood: v.nullable(InstantSchema),
  failures: v.number(),
  problem: v.nullable(ProblemSchema),
  remarks: v.array(v.string()),
  via: v.optional(v.string()),
});
export type SourceState = v.InferOutput<typeof SourceStateSchema>;
