import type { Cancel, Clock } from '../ports.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { AgentLink } from './agent-link.ts';
import { cardEvents } from './card-events.ts';
import type { ClientFailure } from './client.ts';
import type { Intent } from './intent.ts';
import type { Ui } from './ui.ts';

/** How long a card on the terminal takes no key: design 8, and operators.md on typed-ahead input. */
const quietMs = 400;

type CardIntent = Extract<Intent, { kind: 'judge' | 'start' | 'rearm' }>;
type Asked = { action: string; args: Record<string, unknown> };

/** Asks the agent what a card asks of it, and tells the card what came back. */
export function createCardEffects(
  ports: { link: Pick<AgentLink, 'judge' | 'start'>; clock: Clock; console: string },
  change: (apply: (ui: Ui) => Ui) => void,
): { perform(intent: CardIntent): void; drawn(card: number): void; stop(): void } {
  const asked = new Map<number, Asked>();
  let arming: Cancel = () => {};

  return {
    perform(intent) {
      if (intent.kind === 'rearm') arm(intent.card);
      else if (intent.kind === 'start') void start(intent);
      else {
        asked.clear();
        asked.set(intent.card, intent);
        void judge(intent.card, intent);
      }
    },
    drawn(card) {
      change((ui) => cardEvents.drawn(ui, card));
      arm(card);
    },
    stop: () => arming(),
  };

  function arm(card: number): void {
    arming();
    arming = ports.clock.after(quietMs, () => change((ui) => cardEvents.armed(ui, card)));
  }

  async function judge(card: number, { action, args }: Asked): Promise<void> {
    const answer = await ports.link.judge(action, args);
    if (!answer.ok) return change((ui) => cardEvents.failed(ui, card, sentence(answer.failure)));
    change((ui) => cardEvents.judged(ui, card, answer.value));
    if (needsNoAnswer(answer.value)) await start(startOf(card, answer.value));
  }

  /** The request's id is made of what it is about, so that asking twice cannot start twice. */
  async function start(intent: Extract<CardIntent, { kind: 'start' }>): Promise<void> {
    const { card, judgementId, word, reason, drive } = intent;
    const answer = await ports.link.start({
      judgementId,
      requestId: `${ports.console}-${card}-${judgementId}`.slice(0, 128),
      drive,
      ...(word !== null && { word }),
      ...(reason !== null && { reason }),
    });
    if (answer.ok) return change((ui) => cardEvents.started(ui, card, answer.value));
    const { failure } = answer;
    if (!failure.code.startsWith('judgement.'))
      return change((ui) => cardEvents.refused(ui, card, sentence(failure)));
    const difference = failure.difference ?? [failure.message];
    change((ui) => cardEvents.changed(ui, card, difference));
    const again = asked.get(card);
    if (again) await judge(card, again);
  }
}

/** What only reads is not asked about. */
function needsNoAnswer(judgement: Judgement): boolean {
  return judgement.allowed && judgement.confirm.kind === 'none' && !judgement.confirm.reason;
}

function startOf(card: number, judgement: Judgement): Extract<CardIntent, { kind: 'start' }> {
  return { kind: 'start', card, judgementId: judgement.id, word: null, reason: null, drive: false };
}

function sentence({ message, nextStep }: ClientFailure): string {
  return nextStep === '' ? message : `${message}\nNext: ${nextStep}`;
}
