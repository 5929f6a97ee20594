import * as v from 'valibot';

/** Who somebody says they are (sudo, ssh, Teleport variables, tty): claimed, and recorded as claimed. */
export const IdentitySchema = v.object({
  user: v.string(),
  from: v.nullable(v.string()),
  tty: v.nullable(v.string()),
  console: v.nullable(v.string()),
});
export type Identity = v.InferOutput<typeof IdentitySchema>;
