import { clean, cleanLine } from './clean.ts';

/** An object from outside, whose fields are read one by one and believed in nothing. */
export type Foreign = Readonly<Record<string, unknown>>;

/** The value as an object to read fields from, null for anything else (lists included). */
export function foreign(value: unknown): Foreign | null {
  return isObject(value) ? value : null;
}

/** The value as a list; anything else is an empty one. */
export function foreignList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list, whatever else lies between them left out. */
export function foreignObjects(value: unknown): Foreign[] {
  return foreignList(value).filter(isObject);
}

/** The value as a clean name on one line (an id, a host, a word), null where it is absent, empty or not text. */
export function foreignName(value: unknown): string | null {
  return typeof value === 'string' ? cleanLine(value) || null : null;
}

/** The value as clean text of any number of lines, null where it is absent, empty or not text. */
export function foreignText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? clean(value) : null;
}

/** The texts of a list, cleaned. */
export function foreignTexts(value: unknown): string[] {
  return foreignList(value).flatMap((item) => foreignText(item) ?? []);
}

/** The value as an RFC 3339 instant, null where it is none or Go's zero time (`0001-01-01T00:00:00Z`). */
export function foreignInstant(value: unknown): string | null {
  if (typeof value !== 'string' || value.startsWith('0001-01-01T00:00:00')) return null;
  return instant.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
