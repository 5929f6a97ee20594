import type { Context } from './context.ts';

/** A flag of a command: in this table or it does not exist. `type` array may be given more than once. */
export type Flag = {
  type: 'string' | 'boolean' | 'number' | 'array';
  describe: string;
  choices?: readonly string[];
  default?: string | number | boolean;
  alias?: string;
  placeholder?: string;
};

export type Argv = { _: string[]; flags: Record<string, unknown>; rest: string[] };

/**
 * One subcommand. `operands` as shown in the usage line. `run` answers the exit code of `protocol/exit-codes.ts`.
 * A `Usage` thrown or returned by parsing ends in one sentence and exit 2.
 */
export type CommandRow = {
  name: string;
  operands: string;
  describe: string;
  hidden?: boolean;
  /** Command lines with what they do, for `--help`. */
  examples?: readonly (readonly [line: string, meaning: string])[];
  /** What `--help` shows below the flags, in lines of at most so many cells. */
  more?: (columns: number) => string[];
  flags: Record<string, Flag>;
  /** Unknown flags go to `argv.rest` instead of being refused (`do`, whose flags come from the action table). */
  open?: boolean;
  run(context: Context, argv: Argv): Promise<number>;
};

/** A sentence for the operator with an exit code: thrown by commands, printed once by main.ts on standard error. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;
  readonly nextStep: string | null;
  constructor(exitCode: number, sentence: string, nextStep: string | null = null) {
    super(sentence);
    this.exitCode = exitCode;
    this.nextStep = nextStep;
  }
}
