import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conformance, conformancePage, unexplained } from './conformance-table.ts';

test('the page on conformance says what is so, and every difference has its reason', {
  timeout: 180_000,
}, async () => {
  const rows = await conformance();
  expect(unexplained(rows)).toEqual([]);
  const page = new URL('../../docs/conformance.md', import.meta.url);
  expect(readFileSync(page, 'utf8')).toBe(conformancePage(rows));
});
