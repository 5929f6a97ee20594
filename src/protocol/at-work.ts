import * as v from 'valibot';

/** The gravity processes that work on a plan on the agent's machine, ours among them: pid and command line, cleaned. */
export const AtWorkSchema = v.array(v.object({ pid: v.number(), command: v.string() }));
export type AtWork = v.InferOutput<typeof AtWorkSchema>;
