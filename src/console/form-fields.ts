import type { JsonSchema } from '@valibot/to-json-schema';
import { argsJsonSchema } from '../actions/describe-actions.ts';
import type { ActionRow } from '../actions/row.ts';
import type { Cluster } from '../protocol/cluster.ts';

/** One argument of an action as it is asked for; `choices` are all there are where it is not typed. */
export type FormField = {
  name: string;
  kind: 'text' | 'number' | 'choice';
  choices: readonly string[];
  required: boolean;
  help: string;
  /** What it is when nothing is given. */
  usual: string;
  /** How many characters it may have. */
  most: number;
};

const usualMost = 200;

/** The fields of an action's form, from the schema of its arguments. */
export function formFields(row: ActionRow, cluster: Cluster): FormField[] {
  const { properties = {}, required = [] } = argsJsonSchema(row);
  return Object.entries(properties).map(([name, property]) => {
    const schema: JsonSchema = typeof property === 'boolean' ? {} : property;
    const must = required.includes(name);
    const known = existing[name]?.(cluster) ?? schema.enum?.map(String) ?? [];
    const usual = schema.default === undefined ? (must ? (known[0] ?? '') : '') : String(schema.default);
    return {
      name,
      kind: known.length > 0 ? 'choice' : isNumber(schema) ? 'number' : 'text',
      // What may be left out can be chosen to be.
      choices: known.length > 0 && usual === '' ? ['', ...known] : known,
      required: must,
      help: schema.description ?? '',
      usual,
      most: schema.maxLength ?? usualMost,
    };
  });
}

/**
 * Whether it must be told something first: what it requires is not given; or it takes arguments and no card asks before
 * it is done, so that a key alone would do it.
 */
export function needsForm(row: ActionRow, args: Record<string, unknown>): boolean {
  if (missingArgs(row, args).length > 0) return true;
  const takesAny = Object.keys(argsJsonSchema(row).properties ?? {}).length > 0;
  return takesAny && row.risk !== 'read' && asksNothing(row);
}

/** Whether no card is answered before it is done. */
export function asksNothing({ confirmWords }: ActionRow): boolean {
  return confirmWords === 'nothing is asked';
}

/** The required arguments that are not given. */
export function missingArgs(row: ActionRow, args: Record<string, unknown>): string[] {
  return (argsJsonSchema(row).required ?? []).filter((name) => args[name] === undefined);
}

/** Arguments that name something there is: it is chosen, not typed. */
const existing: Readonly<Record<string, (cluster: Cluster) => string[]>> = {
  breakpoint: ({ breakpoints }) => breakpoints.map(({ id }) => id),
};

function isNumber({ type }: JsonSchema): boolean {
  return type === 'number' || type === 'integer';
}
