import * as v from 'valibot';
import { ProblemSchema } from './problem.ts';

/** A candidate `gravity`: where it was found, which version it says it is; `drives` marks the one runs use. */
export const BinarySchema = v.object({
  path: v.string(),
  from: v.picklist(['option', 'path', 'update-directory', 'image']),
  version: v.nullable(v.string()),
  drives: v.boolean(),
  polls: v.boolean(),
  problem: v.nullable(ProblemSchema),
});
export type Binary = v.InferOutput<typeof BinarySchema>;
