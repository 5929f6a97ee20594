import { expect, test } from 'vitest';
import { asciiOnly } from '../../src/console/ascii-only.ts';
import { width } from '../../src/console/cells.ts';

for (const [text, ascii] of [
  ['plain', 'plain'],
  ['the agent’s record…', "the agent's record~"],
  ['café', 'cafe'],
  ['cafe\u0301', 'cafe'],
  ['主节点', '??????'],
  ['שרת', '???'],
  ['✓ × ·', 'v x .'],
  ['👩‍👩‍👧‍👦 family', '?? family'],
] as const)
  test(`${JSON.stringify(text)} in ASCII is ${ascii}, and no wider or narrower`, () => {
    expect(asciiOnly(text)).toBe(ascii);
    expect(width(asciiOnly(text))).toBe(width(text));
  });
