import { toJsonSchema } from '@valibot/to-json-schema';
import { twinSchemas } from './twins.ts';

/** The JSON Schemas of the twins by file name (`plan.schema.json`), each ending in a newline: `docs/` holds them. */
export function twinDocuments(): Record<string, string> {
  const rows = Object.entries(twinSchemas).map(([name, schema]) => {
    const document = { title: `gravity-console ${name} -o json`, ...toJsonSchema(schema) };
    return [`${name}.schema.json`, `${JSON.stringify(document, null, 2)}\n`] as const;
  });
  return Object.fromEntries(rows);
}
