import { actionById } from '../actions/table.ts';
import type { Cancel, Clock } from '../ports.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { RunRequest } from '../protocol/request.ts';
import type { Run } from '../protocol/run.ts';
import type { AgentLink } from './agent-link.ts';
import { cardEvents } from './card-events.ts';
import type { ClientFailure } from './client.ts';
import type { Intent } from './intent.ts';
import type { OwnTerminal } from './own-terminal.ts';
import type { Ui } from './ui.ts';

/** How long a card on the terminal takes no key: design 8, and operators.md on typed-ahead input. */
const quietMs = 400;

type CardIntent = Extract<Intent, { kind: 'judge' | 'start' | 'rearm' | 'settle' }>;
type StartIntent = Extract<CardIntent, { kind: 'start' }>;
type Asked = { action: string; args: Record<string, unknown> };
type Ports = {
  link: Pick<AgentLink, 'judge' | 'start'>;
  clock: Clock;
  console: string;
  ownTerminal: OwnTerminal;
  /** Runs at our own terminal what the agent has recorded as begun. */
  lend(run: Run): void;
};
type Change = (apply: (ui: Ui) => Ui) => void;

/** Asks the agent what a card asks of it, and tells the card what came back. */
export function createCardEffects(
  ports: Ports,
  change: Change,
): { perform(intent: CardIntent): void; drawn(card: number): void; settle(): void; stop(): void } {
  const ask = createAsking(ports, (apply) => {
    change(apply);
    settle();
  });
  let arming: Cancel = () => {};
  let settling: Cancel = () => {};

  return {
    perform(intent) {
      if (intent.kind === 'rearm') arm(intent.card);
      else if (intent.kind === 'settle') settle();
      else if (intent.kind === 'start') void ask.start(intent);
      else void ask.judge(intent.card, intent);
    },
    drawn(card) {
      change((ui) => cardEvents.drawn(ui, card));
      arm(card);
    },
    settle() {
      change((ui) => ({ ...ui, settling: true }));
      settle();
    },
    stop() {
      arming();
      settling();
    },
  };

  function settle(): void {
    settling();
    settling = ports.clock.after(quietMs, () =>
      change((ui) => (ui.settling ? { ...ui, settling: false } : ui)),
    );
  }

  function arm(card: number): void {
    arming();
    arming = ports.clock.after(quietMs, () => change((ui) => cardEvents.armed(ui, card)));
  }
}

/** The two questions of a card; what was asked last is asked again when its judgement went stale. */
function createAsking(
  ports: Ports,
  change: Change,
): { judge(card: number, asked: Asked): Promise<void>; start(intent: StartIntent): Promise<void> } {
  let last: { card: number; asked: Asked } | null = null;
  return { judge, start };

  async function judge(card: number, asked: Asked): Promise<void> {
    last = { card, asked };
    const answer = await ports.link.judge(asked.action, asked.args);
    if (!answer.ok) return change((ui) => cardEvents.failed(ui, card, sentence(answer.failure)));
    if (needsTerminal(asked.action) && answer.value.allowed && 'refused' in ports.ownTerminal) {
      const { refused } = ports.ownTerminal;
      return change((ui) => cardEvents.failed(ui, card, refused));
    }
    change((ui) => cardEvents.judged(ui, card, answer.value));
    if (needsNoAnswer(answer.value)) await start(startOf(card, answer.value));
  }

  async function start(intent: StartIntent): Promise<void> {
    const { card } = intent;
    const asTerminal = last?.card === card && needsTerminal(last.asked.action);
    const terminal = asTerminal && 'pid' in ports.ownTerminal ? ports.ownTerminal : null;
    const answer = await ports.link.start({
      ...requestOf(intent, ports.console),
      ...(terminal && { terminal }),
    });
    if (answer.ok) {
      change((ui) => cardEvents.started(ui, card, answer.value));
      if (terminal !== null) ports.lend(answer.value);
      return;
    }
    const { failure } = answer;
    if (!failure.code.startsWith('judgement.'))
      return change((ui) => cardEvents.refused(ui, card, sentence(failure)));
    const difference = failure.difference ?? [failure.message];
    change((ui) => cardEvents.changed(ui, card, difference));
    if (last?.card === card) await judge(card, last.asked);
  }
}

/** The request's id is made of what it is about, so that asking twice cannot start twice. */
function requestOf({ card, judgementId, word, reason, drive }: StartIntent, console: string): RunRequest {
  return {
    judgementId,
    requestId: `${console}-${card}-${judgementId}`.slice(0, 128),
    drive,
    ...(word !== null && { word }),
    ...(reason !== null && { reason }),
  };
}

function needsTerminal(action: string): boolean {
  return actionById(action)?.effect === 'terminal';
}

/** What only reads is not asked about. */
function needsNoAnswer(judgement: Judgement): boolean {
  return judgement.allowed && judgement.confirm.kind === 'none' && !judgement.confirm.reason;
}

function startOf(card: number, judgement: Judgement): StartIntent {
  return { kind: 'start', card, judgementId: judgement.id, word: null, reason: null, drive: false };
}

function sentence({ message, nextStep }: ClientFailure): string {
  return nextStep === '' ? message : `${message}\nNext: ${nextStep}`;
}
