import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { ActionRow } from './row.ts';
import { actions } from './table.ts';

/** A row as `GET /v1/actions` shows it: its data, and its arguments as JSON Schema. */
export type ActionDescription = Pick<
  ActionRow,
  'id' | 'key' | 'label' | 'help' | 'gravity' | 'scope' | 'risk' | 'lane' | 'expert' | 'effect' | 'takes'
> & { confirm: string; args: JsonSchema };

export function argsJsonSchema(row: ActionRow): JsonSchema {
  return toJsonSchema(row.args);
}

export function describeActions(): ActionDescription[] {
  return actions.map((row) => {
    const { id, key, label, help, gravity, scope, risk, lane, expert, effect, takes } = row;
    const args = argsJsonSchema(row);
    return {
      id,
      key,
      label,
      help,
      gravity,
      scope,
      risk,
      lane,
      expert,
      effect,
      takes,
      confirm: confirmWords(row),
      args,
    };
  });
}

/** How a row is confirmed, in words that hold for any cluster. */
function confirmWords(row: ActionRow): string {
  const words = row.confirmWords;
  const reason = row.expert ? ', and a reason' : '';
  return `${words}${reason}`;
}
