import type { Autopilot } from '../../protocol/autopilot.ts';

type Hold = NonNullable<Autopilot['hold']>;

/**
 * What the autopilot does now. `sentence` says it to the operator and holds no running number, so that waiting is one
 * event however long it takes. `end`: there is nothing to drive any more.
 */
export type Decision =
  | { do: 'step'; phase: string; sentence: string }
  | { do: 'wait'; phase: string | null; sentence: string }
  | { do: 'hold'; hold: Hold; breakpoint: string | null; phase: string | null; sentence: string }
  | { do: 'end'; sentence: string };

/** A hold for no breakpoint. */
export function holdFor(hold: Hold, sentence: string, phase: string | null = null): Decision {
  return { do: 'hold', hold, breakpoint: null, phase, sentence };
}

export function waitFor(sentence: string, phase: string | null = null): Decision {
  return { do: 'wait', phase, sentence };
}
