/** The share of a standard normal below `x`; good to 1e-7 (Abramowitz and Stegun 7.1.26, squared error kept small). */
export function normalCdf(x: number): number {
  if (x === Number.NEGATIVE_INFINITY) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const tail = series.reduce((sum, term) => (sum + term) * t, 0) * Math.exp(-z * z);
  return x > 0 ? 1 - tail / 2 : tail / 2;
}

const middle = {
  over: [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716],
  overLast: 2.506628277459239,
  under: [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572],
};
const tails = {
  over: [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  under: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416],
};

/** The `x` below which the share `p` of a standard normal lies (Acklam's approximation, good to 1e-9 of itself). */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p < 0.02425) return tailQuantile(p);
  if (p > 1 - 0.02425) return -tailQuantile(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return (q * horner([...middle.over, middle.overLast], r)) / horner([...middle.under, 1], r);
}

function tailQuantile(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p));
  return horner(tails.over, q) / horner([...tails.under, 1], q);
}

function horner(terms: readonly number[], x: number): number {
  return terms.reduce((sum, term) => sum * x + term, 0);
}
