import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/actions/digest.ts';

describe('a digest', () => {
  it('is the same whatever the order of keys, however deep', () => {
    expect(digestOf({ a: 1, b: { c: [1, 2], d: null } })).toBe(digestOf({ b: { d: null, c: [1, 2] }, a: 1 }));
  });

  it('changes with any value and with the order of a list', () => {
    const digests = [{ a: [1, 2] }, { a: [2, 1] }, { a: [1, 2], b: null }, { a: '1,2' }, {}].map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
  });
});
