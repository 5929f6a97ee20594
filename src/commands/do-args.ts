import { argsJsonSchema } from '../actions/describe-actions.ts';
import type { ActionRow } from '../actions/row.ts';
import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { type Foreign, foreign } from '../protocol/foreign.ts';
import { CommandError } from './row.ts';

/** One argument of an action as it is written on a command line. */
export type DoFlag = { name: string; flag: string; type: string; required: boolean; describe: string };

/** The arguments of an action as flags (`dryRun` is `--dry-run`), from its schema. */
export function doFlags(row: ActionRow): DoFlag[] {
  const schema: Foreign = { ...argsJsonSchema(row) };
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(foreign(schema['properties']) ?? {}).map(([name, property]) => {
    const told = foreign(property) ?? {};
    const choices = Array.isArray(told['enum']) ? ` (${told['enum'].join('|')})` : '';
    return {
      name,
      flag: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      type: String(told['type'] ?? 'string'),
      required: required.includes(name),
      describe: `${String(told['description'] ?? '')}${choices}`.trim(),
    };
  });
}

/**
 * Words such as `--phase /init` or `--phase=/init` to the arguments of an action, converted as its schema says. What
 * the schema refuses beyond that the judge says; a flag that does not exist, is given twice or has no value ends here.
 */
export function doArgs(row: ActionRow, words: readonly string[]): Record<string, unknown> {
  const flags = doFlags(row);
  const args: Record<string, unknown> = {};
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = '', inline] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const flag = flags.find((each) => each.flag === name || each.name === name);
    if (flag === undefined) throw refuse(row, flags, `${row.id}: unknown option ${cleanLine(word)}`);
    if (Object.hasOwn(args, flag.name)) throw refuse(row, flags, `--${flag.flag} is given more than once`);
    args[flag.name] = converted(row, flags, { flag, inline, rest });
  }
  const missing = flags.find((flag) => flag.required && !Object.hasOwn(args, flag.name));
  if (missing !== undefined) throw refuse(row, flags, `${row.id} needs --${missing.flag}`);
  return args;
}

type Given = { flag: DoFlag; inline: string | undefined; rest: string[] };

function converted(row: ActionRow, flags: readonly DoFlag[], { flag, inline, rest }: Given): unknown {
  if (flag.type === 'boolean') {
    if (inline === undefined || inline === 'true') return true;
    if (inline === 'false') return false;
    throw refuse(
      row,
      flags,
      `--${flag.flag} takes no value: unexpected ${JSON.stringify(cleanLine(inline))}`,
    );
  }
  const value = inline ?? (rest[0]?.startsWith('--') === true ? undefined : rest.shift());
  if (value === undefined || value === '') throw refuse(row, flags, `--${flag.flag} needs a value`);
  if (flag.type !== 'number' && flag.type !== 'integer') return value;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  throw refuse(row, flags, `--${flag.flag} needs a number, not ${JSON.stringify(cleanLine(value))}`);
}

function refuse(row: ActionRow, flags: readonly DoFlag[], sentence: string): CommandError {
  return new CommandError(
    exitCodes.usage.code,
    sentence,
    `write it as: gravity-console do ${doUsage(row, flags)}`,
  );
}

/** `phase.set --phase PHASE --state STATE`; what may be left out stands in brackets. */
export function doUsage(row: ActionRow, flags: readonly DoFlag[] = doFlags(row)): string {
  const words = flags.map(({ flag, name, type, required }) => {
    const word = type === 'boolean' ? `--${flag}` : `--${flag} ${name.toUpperCase()}`;
    return required ? word : `[${word}]`;
  });
  return [row.id, ...words].join(' ');
}
