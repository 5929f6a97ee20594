import type { Fault } from '../fault.ts';
import type { Arguments, FlagKinds } from './arguments.ts';
import type { GravityProcess } from './process.ts';

/** One command of `gravity`. A fault ends as a red line on standard error and exit 255. */
export type GravityCommand = {
  words: readonly string[];
  flags?: FlagKinds;
  shorts?: Readonly<Record<string, string>>;
  /** How many operands it takes; none when absent. */
  operands?: number;
  /** The flags it cannot do without. */
  required?: readonly string[];
  root?: true;
  /** It writes to the system's log, and says so when it may not. */
  systemLog?: true;
  /** It asks for no local state, so that anybody may run it. */
  anybody?: true;
  run(gravity: GravityProcess, given: Arguments): Promise<Fault | null> | Fault | null;
};
