import { clean } from '../protocol/clean.ts';

/** A value with every string in it cleaned, keys too: nothing a cluster wrote leaves as anything but text. */
export function cleanDeep(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(cleanDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [clean(key), cleanDeep(each)]));
}
