import { normalQuantile } from './normal.ts';

const strata = 256;
const normals = Float64Array.from({ length: strata }, (_none, at) => normalQuantile((at + 0.5) / strata));

/** Numbers as if by chance, the same ones each time: an estimate of the same facts is the same estimate. */
export type Draws = {
  /** A whole number in [0, 2³²). */
  whole(): number;
  /** A standard normal. */
  normal(): number;
};

/** Marsaglia's xorshift from a fixed start. */
export function draws(): Draws {
  let state = 0x9e3779b9 | 0;
  const whole = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return { whole, normal: () => normals[(whole() >>> 8) % strata] ?? 0 };
}
