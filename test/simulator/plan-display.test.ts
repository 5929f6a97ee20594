import { describe, expect, test } from 'vitest';
import { compareDisplay, recordedDisplays } from './display-conformance.ts';

describe('a recorded plan comes out as gravity prints it, byte for byte', () => {
  test.each(recordedDisplays())('$document as $shown', (display) => {
    const { said, wanted } = compareDisplay(display);
    expect(said).toBe(wanted);
  });
});
