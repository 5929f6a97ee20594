import type { AgentLink } from './agent-link.ts';
import type { Intent } from './intent.ts';
import type { Scene } from './scene.ts';
import type { Ui } from './ui.ts';
import { whyEvents } from './why-events.ts';
import { whyStanding } from './why-standing.ts';

type WhyIntent = Extract<Intent, { kind: 'why' }>;

/** A question travels in an address: a sentence as long as the agent's own ever are, and no more. */
const longest = 500;

/** Asks the agent why, and tells the overlay that asked. */
export function createWhyEffects(
  ports: { link: Pick<AgentLink, 'why'>; scene(): Pick<Scene, 'cluster' | 'now'> },
  change: (apply: (ui: Ui) => Ui) => void,
): { perform(intent: WhyIntent): Promise<void> } {
  return {
    async perform({ id, about }) {
      const { phase, refusal, node = null } = about;
      const answer = await ports.link.why({
        ...(phase !== null && { phase }),
        ...(node !== null && { node }),
        ...(refusal !== null && { refusal: refusal.slice(0, longest) }),
      });
      if (answer.ok) {
        const { cluster, now } = ports.scene();
        const told = { why: answer.value, at: now, standing: whyStanding(cluster, about) };
        return change((ui) => whyEvents.answered(ui, id, told));
      }
      const { message, nextStep } = answer.failure;
      const problem = nextStep === '' ? message : `${message}\nNext: ${nextStep}`;
      change((ui) => whyEvents.failed(ui, id, problem));
    },
  };
}
