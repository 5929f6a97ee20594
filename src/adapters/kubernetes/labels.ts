import { foreign, foreignName } from '../../protocol/foreign.ts';

/** A map of labels; what is no text is left out. */
export function labelsOf(value: unknown): Record<string, string> {
  const pairs = Object.entries(foreign(value) ?? {}).map(
    ([key, label]) => [foreignName(key) ?? '', foreignName(label) ?? ''] as const,
  );
  return Object.fromEntries(pairs.filter(([key]) => key !== ''));
}
