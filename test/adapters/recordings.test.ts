import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recording, recordings } from '../recordings.ts';

const sums = readFileSync(new URL('../recordings/SHA256SUMS', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(/ {2}/));

test('every recording is, byte for byte, what the real programs printed', () => {
  for (const [sum, path = ''] of sums) {
    expect(createHash('sha256').update(recording(path)).digest('hex'), path).toBe(sum);
  }
});

test('nothing lies among the recordings that was not recorded', () => {
  expect(recordings('')).toEqual(sums.map(([, path]) => path).sort());
});
