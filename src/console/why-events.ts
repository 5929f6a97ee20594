import type { Why } from '../protocol/why.ts';
import type { Ui } from './ui.ts';
import type { WhyOverlay } from './why-overlay.ts';

/** What the agent answers to an open question; an answer to one that is no longer open changes nothing. */
export const whyEvents = {
  answered: (ui: Ui, id: number, { why, at }: { why: Why; at: number }): Ui =>
    change(ui, id, { answer: why, at, problem: null }),
  /** It could not be asked, or not answered; the sentence stands in the overlay. */
  failed: (ui: Ui, id: number, problem: string): Ui => change(ui, id, { problem }),
} as const;

function change(ui: Ui, id: number, part: Partial<WhyOverlay>): Ui {
  const { overlay } = ui;
  return overlay?.kind === 'why' && overlay.id === id ? { ...ui, overlay: { ...overlay, ...part } } : ui;
}
