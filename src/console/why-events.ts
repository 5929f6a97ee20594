import type { Why } from '../protocol/why.ts';
import type { Ui } from './ui.ts';
import type { WhyAbout, WhyOverlay } from './why-overlay.ts';

/** What the agent answers to an open question; an answer to one that is no longer open changes nothing. */
export const whyEvents = {
  answered: (ui: Ui, id: number, { why, at, standing }: { why: Why; at: number; standing: string }): Ui =>
    change(ui, id, (overlay) => ({ answer: atLeast(why, overlay.about), at, standing, problem: null })),
  /** It could not be asked, or not answered; the sentence stands in the overlay. */
  failed: (ui: Ui, id: number, problem: string): Ui => change(ui, id, () => ({ problem })),
} as const;

/** Where the table of reasons knows no more than the refusal, the way out that was said with it stays. */
function atLeast(why: Why, { nextStep = null }: WhyAbout): Why {
  if (why.id !== 'unknown' || nextStep === null) return why;
  return { ...why, next: { what: 'hand', text: nextStep, action: null, args: {}, commands: [] } };
}

function change(ui: Ui, id: number, part: (overlay: WhyOverlay) => Partial<WhyOverlay>): Ui {
  const { overlay } = ui;
  if (overlay?.kind !== 'why' || overlay.id !== id) return ui;
  return { ...ui, overlay: { ...overlay, ...part(overlay) } };
}
