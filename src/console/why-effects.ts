import type { AgentLink } from './agent-link.ts';
import type { Intent } from './intent.ts';
import type { Ui } from './ui.ts';
import { whyEvents } from './why-events.ts';

type WhyIntent = Extract<Intent, { kind: 'why' }>;

/** A question travels in an address: a sentence as long as the agent's own ever are, and no more. */
const longest = 500;

/** Asks the agent why, and tells the overlay that asked. `now` is epoch ms by the agent's clock. */
export function createWhyEffects(
  ports: { link: Pick<AgentLink, 'why'>; now(): number },
  change: (apply: (ui: Ui) => Ui) => void,
): { perform(intent: WhyIntent): Promise<void> } {
  return {
    async perform({ id, about }) {
      const { phase, refusal } = about;
      const answer = await ports.link.why({
        ...(phase !== null && { phase }),
        ...(refusal !== null && { refusal: refusal.slice(0, longest) }),
      });
      if (answer.ok)
        return change((ui) => whyEvents.answered(ui, id, { why: answer.value, at: ports.now() }));
      const { message, nextStep } = answer.failure;
      const problem = nextStep === '' ? message : `${message}\nNext: ${nextStep}`;
      change((ui) => whyEvents.failed(ui, id, problem));
    },
  };
}
