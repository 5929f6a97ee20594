import type { TerminalEffects } from '../../src/console/console.ts';

/** A terminal of which nothing is asked but what the test says. */
export function quietTerminal(part: Partial<TerminalEffects>): TerminalEffects {
  const nothing = () => {};
  return {
    quit: nothing,
    repaint: nothing,
    suspend: nothing,
    linear: nothing,
    say: nothing,
    ring: nothing,
    copy: nothing,
    ...part,
  };
}
