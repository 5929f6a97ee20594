import type { Autopilot } from '../../protocol/autopilot.ts';

type Told = { phase: string | null; sentence: string };
export type Waiting = Told & { do: 'wait' };
export type Holding = Told & { do: 'hold'; hold: NonNullable<Autopilot['hold']>; breakpoint: string | null };

/**
 * What the autopilot does now. `sentence` says it to the operator and holds no running number, so that waiting is one
 * event however long it takes. `end`: there is nothing to drive any more.
 */
export type Decision =
  | { do: 'step'; phase: string; sentence: string }
  | { do: 'end'; sentence: string }
  | Waiting
  | Holding;

/** A hold for no breakpoint. */
export function holdFor(hold: Holding['hold'], sentence: string, phase: string | null = null): Holding {
  return { do: 'hold', hold, breakpoint: null, phase, sentence };
}

export function waitFor(sentence: string, phase: string | null = null): Waiting {
  return { do: 'wait', phase, sentence };
}
