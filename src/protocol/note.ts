import * as v from 'valibot';
import { IdentitySchema } from './identity.ts';
import { InstantSchema } from './text.ts';

/** What an operator wrote down about a phase of an operation; never about the cluster as a whole. */
export const NoteSchema = v.object({
  operation: v.nullable(v.string()),
  phase: v.string(),
  text: v.string(),
  by: IdentitySchema,
  at: InstantSchema,
});
export type Note = v.InferOutput<typeof NoteSchema>;
