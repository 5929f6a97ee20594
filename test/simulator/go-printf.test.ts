import { describe, expect, test } from 'vitest';
import { goPrintf } from '../../src/simulator/go-printf.ts';
import { recordingText } from '../recordings.ts';

const mangled = [
  { text: 'disk 100% full', once: 'disk 100%!f(MISSING)ull' },
  { text: 'at 40%', once: 'at 40%!(NOVERB)' },
  { text: '100%% done', once: '100% done' },
  { text: 'no percent', once: 'no percent' },
  { text: '%5.2f', once: '%!f(MISSING)' },
];

describe('a text printed as a format without arguments', () => {
  test.each(mangled)('$text becomes $once', ({ text, once }) => expect(goPrintf(text)).toBe(once));

  test('comes out of the JSON plan mangled twice, as recorded', () => {
    const twice = goPrintf(goPrintf('disk 100% full, 40% loss %d %s'));
    expect(recordingText('cli/plan-json-percent.stdout')).toContain(twice);
  });
});
