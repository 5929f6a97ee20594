import { describe, expect, test } from 'vitest';
import { asked } from '../../bench/asked.ts';

const there = ['estimate', 'poll'];

describe('what the benches are asked for', () => {
  test('is all of them, a hundred seeds, in words', () => {
    const what = asked([], there);
    expect(what).toMatchObject({ names: there, json: false });
    expect(what).toHaveProperty('seeds.length', 100);
  });

  test('is one by its name, with seeds of its own', () => {
    const expected = { names: ['estimate'], json: true, seeds: [7, 1, 2, 3] };
    expect(asked(['estimate', '--json', '--seeds', '7,1-3'], there)).toEqual(expected);
    expect(asked(['--seeds=7,1-3,2', 'estimate', '--json'], there)).toEqual(expected);
  });

  test.each([
    ['nosuch'],
    ['--fast'],
    ['--seeds'],
    ['--seeds=0'],
    ['--seeds', '3-1'],
    ['--seeds=a'],
    ['--json=1'],
  ])('is refused in a sentence where it is not understood: %s %s', (...words) =>
    expect(asked(words.filter(Boolean), there)).toEqual(expect.any(String)),
  );
});
