import * as v from 'valibot';
import { IdentitySchema } from './identity.ts';
import { InstantSchema } from './text.ts';

/** Who drives an operation. `token` is never sent: the holder is told apart by its console's id in `by.console`. */
export const WheelSchema = v.object({
  holder: v.nullable(IdentitySchema),
  since: v.nullable(InstantSchema),
  reason: v.nullable(v.string()),
});
export type Wheel = v.InferOutput<typeof WheelSchema>;
