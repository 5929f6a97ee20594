import * as v from 'valibot';
import { IdentitySchema } from './identity.ts';

const ArgsSchema = v.record(v.string(), v.unknown());

/** `POST /v1/judgements`. Never argv: an action's id and its arguments. */
export const JudgementRequestSchema = v.strictObject({
  action: v.string(),
  args: v.optional(ArgsSchema, {}),
  by: v.optional(IdentitySchema),
});

/** `POST /v1/runs`. `requestId` is the caller's: sent twice, it starts once. */
export const RunRequestSchema = v.strictObject({
  judgementId: v.string(),
  requestId: v.pipe(v.string(), v.minLength(8), v.maxLength(128)),
  word: v.optional(v.string()),
  reason: v.optional(v.pipe(v.string(), v.maxLength(500))),
  by: v.optional(IdentitySchema),
  /** Take the wheel for this run when it is free (`--drive`, `x`, `do`). */
  drive: v.optional(v.boolean(), false),
  /**
   * The caller will run the steps itself, at a terminal of its own on the agent's machine, and tell their end. `birth`
   * is when its process was started, as the machine counts it: a pid of another machine does not pass for one of this.
   */
  terminal: v.optional(v.strictObject({ pid: v.pipe(v.number(), v.integer()), birth: v.string() })),
});
/** `POST /v1/runs/ID/end`: how the last step at the caller's terminal ended; both null when it could not be started. */
export const EndRequestSchema = v.strictObject({
  exitCode: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  by: v.optional(IdentitySchema),
});
export type RunEnd = Pick<v.InferOutput<typeof EndRequestSchema>, 'exitCode' | 'signal'>;

export type RunRequest = v.InferOutput<typeof RunRequestSchema>;
