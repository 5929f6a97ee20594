import * as v from 'valibot';

/** RFC 3339 instant in UTC, as written by the agent or the cluster; fractions of a second of any length. */
export const InstantSchema = v.string();

/** The protocol number of the agent's API; consoles one apart still read, further apart refuse (design 6). */
export const protocolNumber = 1;
