import type { Overlay, Ui } from '../ui.ts';
import type { WhyAbout } from '../why-overlay.ts';
import type { Step } from './step.ts';

/** Opens the overlay that asks the agent why; Esc goes back to what is `beneath` it. */
export function openWhy(ui: Ui, about: WhyAbout, beneath: Overlay = null): Step {
  const id = ui.cards + 1;
  return {
    ui: {
      ...ui,
      cards: id,
      overlay: {
        kind: 'why',
        id,
        about,
        answer: null,
        at: null,
        standing: null,
        problem: null,
        top: 0,
        beneath,
      },
    },
    intent: { kind: 'why', id, about },
  };
}
