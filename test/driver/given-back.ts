import { expect } from 'vitest';

/** What the console turns on, and what must come after it. */
const modes = {
  'the alternate screen': ['\u001b[?1049h', '\u001b[?1049l'],
  'the hidden cursor': ['\u001b[?25l', '\u001b[?25h'],
  'bracketed paste': ['\u001b[?2004h', '\u001b[?2004l'],
  'the window’s title': ['\u001b[22;2t', '\u001b[23;2t'],
};

/** Of everything a console wrote to its terminal: whatever it turned on was turned off after. */
export function expectGivenBack(written: string): void {
  for (const [what, [on, off]] of Object.entries(modes)) {
    expect(written.lastIndexOf(on ?? ''), what).toBeGreaterThanOrEqual(0);
    expect(written.lastIndexOf(off ?? ''), what).toBeGreaterThan(written.lastIndexOf(on ?? ''));
  }
}
