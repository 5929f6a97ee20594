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
    return {
      name,
      kind: known.length > 0 ? 'choice' : isNumber(schema) ? 'number' : 'text',
      // What may be left out can be chosen to be.
      choices: known.length > 0 && !must ? ['', ...known] : known,
      required: must,
      help: schema.description ?? '',
      most: schema.maxLength ?? usualMost,
    };
  });
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
