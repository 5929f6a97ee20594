import { randomUUID } from 'node:crypto';
import type { Random } from '../../ports.ts';

/** The machine's randomness. */
export function systemRandom(): Random {
  return { next: () => Math.random(), uuid: () => randomUUID() };
}
