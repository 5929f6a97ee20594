import type { Step } from '../protocol/run.ts';

/**
 * An action with what it is about, for runs and judgements alike: `Force /masters/master-2/drain`. One without operands
 * is named by the leaf of its only step.
 */
export function named(one: { label: string; args: Record<string, unknown>; steps: readonly Step[] }): string {
  const operands = Object.values(one.args).filter((value) => typeof value === 'string');
  const leaf = one.steps.length === 1 ? (one.steps[0]?.phase ?? null) : null;
  if (operands.length > 0) return [one.label, ...operands].join(' ');
  return leaf === null ? one.label : `${one.label} ${leaf}`;
}
