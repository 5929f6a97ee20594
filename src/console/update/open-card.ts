import type { Form } from '../form.ts';
import type { Ui } from '../ui.ts';
import type { Step } from './step.ts';

/** Opens the card of an action and asks the agent for its judgement; nothing is done before it is answered and confirmed. What is refused goes back to the `form` it came from. */
export function openCard(
  ui: Ui,
  action: string,
  args: Record<string, unknown>,
  form: Form | null = null,
): Step {
  const id = ui.cards + 1;
  return {
    ui: {
      ...ui,
      cards: id,
      overlay: {
        kind: 'card',
        id,
        action,
        args,
        form,
        stage: 'asking',
        judgement: null,
        drawn: false,
        armed: false,
        missed: false,
        focus: 'no',
        word: '',
        reason: '',
        changed: [],
        problem: null,
        top: 0,
      },
    },
    intent: { kind: 'judge', card: id, action, args },
  };
}
