import * as v from 'valibot';
import { InstantSchema } from './text.ts';

/** An operation as status and `resource get operation` name it; `state` and `type` in gravity's words. */
export const OperationSchema = v.object({
  id: v.string(),
  type: v.string(),
  state: v.string(),
  description: v.string(),
  created: v.nullable(InstantSchema),
  progress: v.nullable(v.string()),
});
export type Operation = v.InferOutput<typeof OperationSchema>;
