import type { FormField } from './form-fields.ts';

/** What was typed and chosen as arguments: nothing where nothing was given, numbers as numbers where they are some. */
export function formArgs(
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const given = fields.flatMap(({ name, kind }): [string, unknown][] => {
    const value = (values[name] ?? '').trim();
    if (value === '') return [];
    const number = kind === 'number' ? Number(value) : Number.NaN;
    return [[name, Number.isNaN(number) ? value : number]];
  });
  return Object.fromEntries(given);
}
