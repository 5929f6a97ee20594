import type { LeafTime } from './estimate/leaf-time.ts';

/** `5m48s, nine of ten within 7m10s`: what a phase usually takes, worded the same everywhere; `length` words one of the two, ms. */
export function usualRange(
  { p50, p90 }: Pick<LeafTime, 'p50' | 'p90'>,
  length: (ms: number) => string,
): string {
  return `${length(p50)}, nine of ten within ${length(p90)}`;
}

/** Where that is known from, where no node can be named. */
export const usualSource: Record<LeafTime['from'], string> = {
  siblings: 'as sibling phases took',
  earlier: 'as in earlier operations here',
  defaults: 'default estimate (no data from this cluster yet)',
};
