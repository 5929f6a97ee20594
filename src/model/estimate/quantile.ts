/** The value below which the share `p` of the weight lies; `order` are the indices of `values`, smallest first. */
export function weightedQuantile(
  p: number,
  { values, weights, order }: { values: Float64Array; weights: Float64Array; order: Uint32Array },
): number {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  for (const at of order) {
    passed += weights[at] ?? 0;
    if (passed >= p * whole) return values[at] ?? Number.NaN;
  }
  return values[order.at(-1) ?? 0] ?? Number.NaN;
}

export function orderOf(values: Float64Array): Uint32Array {
  return Uint32Array.from(values.keys()).sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0));
}

/** The middle of numbers, of two middle ones the smaller: of a usual time and a tenfold one the usual counts. */
export function lowerMedian(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
