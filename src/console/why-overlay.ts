import type { Why } from '../protocol/why.ts';
import type { Overlay } from './ui.ts';

/**
 * What is asked: a phase, a node, or without both the operation as a whole; `refusal` is a sentence something was refused with,
 * `nextStep` the way out that was said with it.
 */
export type WhyAbout = {
  phase: string | null;
  refusal: string | null;
  nextStep?: string | null;
  node?: string | null;
};

/**
 * A question to the agent and its answer. Both null: the agent is looking. `at` is when it was answered, epoch ms by the
 * agent's clock; `problem` why it could not be; `beneath` what Esc goes back to.
 */
export type WhyOverlay = {
  kind: 'why';
  /** Told apart from a question asked before it, whose late answer is dropped. */
  id: number;
  about: WhyAbout;
  answer: Why | null;
  at: number | null;
  /** How what it is about stood when it was answered (`whyStanding`). */
  standing: string | null;
  problem: string | null;
  top: number;
  beneath: Overlay;
};
