import * as v from 'valibot';
import { PhaseSchema } from './phase.ts';
import { InstantSchema } from './text.ts';

/** A server as the plan names it; `ip` is its advertise address, `profile` gravity's `role` (worker, db …). */
export const ServerSchema = v.object({
  hostname: v.string(),
  ip: v.string(),
  role: v.picklist(['master', 'node']),
  profile: v.string(),
  nodename: v.string(),
});
export type Server = v.InferOutput<typeof ServerSchema>;

/**
 * An operation's plan: `phases` flat, in plan order, a parent before its children. `id` and `type` are null when
 * read from a text table, which does not print them. `gravityVersion` is the version the driving binary must have,
 * null where the plan names none; `versions` the application's version from and to where a phase tells.
 */
export const PlanSchema = v.object({
  operation: v.object({
    id: v.nullable(v.string()),
    type: v.nullable(v.string()),
    cluster: v.nullable(v.string()),
    leadMaster: v.nullable(v.object({ hostname: v.string(), ip: v.string() })),
    gravityVersion: v.nullable(v.string()),
    created: v.nullable(InstantSchema),
    versions: v.nullable(v.object({ app: v.string(), from: v.string(), to: v.string() })),
  }),
  servers: v.array(ServerSchema),
  phases: v.array(PhaseSchema),
});
export type Plan = v.InferOutput<typeof PlanSchema>;
