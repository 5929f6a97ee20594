import type { Judgement } from '../../protocol/judgement.ts';
import { type Key, typed } from '../keys/key.ts';
import { lookup } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import type { Card, CardFocus, Ui } from '../ui.ts';
import { cardOverflow, isRefused } from '../view/card.ts';
import type { WhyAbout } from '../why-overlay.ts';
import { openWhy } from './open-why.ts';
import { edited } from './palette.ts';
import type { Step } from './step.ts';

/**
 * Keys in a confirmation. Esc always cancels. Every other key counts only once the card's frame is on the terminal and
 * 400 ms have gone by without one, so that keys typed ahead, held or pasted cannot confirm what was not yet read.
 */
export function updateCard(ui: Ui, scene: Scene, key: Key): Step {
  const card = ui.overlay;
  if (card?.kind !== 'card') return { ui };
  const meaning = lookup(key, isRefused(scene, card) ? ['refused', 'card'] : ['card']);
  const command = meaning?.kind === 'command' ? meaning.command : null;
  if (command === 'back' && card.stage !== 'starting') return { ui: { ...ui, overlay: null } };
  if (card.stage !== 'ready' || !card.drawn || card.judgement === null)
    return { ui: withCard(ui, card, { missed: true }) };
  if (command === 'page-down' || command === 'page-up') {
    const wanted = card.top + (command === 'page-down' ? 1 : -1);
    return { ui: withCard(ui, card, { top: Math.min(Math.max(0, wanted), cardOverflow(scene, card)) }) };
  }
  if (!card.armed)
    return { ui: withCard(ui, card, { missed: true }), intent: { kind: 'rearm', card: card.id } };
  if (command === 'into') return { ui: withCard(ui, card, { unfolded: !card.unfolded }) };
  if (command === 'why') return openWhy(ui, whyOf(card, card.judgement), card);
  if (isRefused(scene, card)) return { ui };
  if (command === 'down' || command === 'up')
    return {
      ui: withCard(ui, card, {
        focus: nextFocus(card, card.judgement, command),
        problem: null,
        missed: false,
      }),
    };
  if (command === 'accept') return accept(ui, card, card.judgement);
  return { ui: typeInto(ui, card, { judgement: card.judgement, key }) };
}

function whyOf({ args }: Card, { reason, nextStep }: Judgement): WhyAbout {
  return { phase: typeof args.phase === 'string' ? args.phase : null, refusal: reason, nextStep };
}

/** Fields first, then the answer: from No, Tab leads through what must be filled in to Yes and round again. */
function nextFocus(card: Card, judgement: Judgement, way: 'down' | 'up'): CardFocus {
  const ring: CardFocus[] = ['no', ...fieldsOf(judgement), 'yes'];
  const step = way === 'down' ? 1 : -1;
  return ring[(ring.indexOf(card.focus) + step + ring.length) % ring.length] ?? 'no';
}

function fieldsOf({ confirm }: Judgement): CardFocus[] {
  return [
    ...(confirm.kind === 'type' ? (['word'] as const) : []),
    ...(confirm.reason ? (['reason'] as const) : []),
  ];
}

/** A character goes into the field that has the focus, else into the first there is; without a field it is nothing. */
function typeInto(ui: Ui, card: Card, at: { judgement: Judgement; key: Key }): Ui {
  if (typed(at.key) === null && at.key !== 'backspace' && at.key !== 'ctrl-u') return ui;
  const fields = fieldsOf(at.judgement);
  const focus = fields.includes(card.focus) ? card.focus : fields[0];
  if (focus === 'word') return withCard(ui, card, { focus, word: edited(card.word, at.key), problem: null });
  if (focus === 'reason')
    return withCard(ui, card, { focus, reason: edited(card.reason, at.key), problem: null });
  return ui;
}

/** A card that closed here would leave the rest of what was typed ahead to the screen beneath, as keys. */
const typedAhead =
  'Keys typed before this card was ready were dropped. Tab, then Enter confirms; Esc cancels.';

/** Enter: on No it closes; anywhere else it starts when everything asked for is there, else it says what is missing. */
function accept(ui: Ui, card: Card, judgement: Judgement): Step {
  if (card.focus === 'no' && card.missed) return { ui: withCard(ui, card, { problem: typedAhead }) };
  if (card.focus === 'no') return { ui: { ...ui, overlay: null } };
  const { confirm } = judgement;
  if (confirm.kind === 'type' && card.word !== confirm.word)
    return {
      ui: withCard(ui, card, {
        focus: 'word',
        problem: `Type ${confirm.word ?? ''} exactly (${card.word === '' ? 'nothing entered' : `entered: ${card.word}`}).`,
      }),
    };
  if (confirm.reason && card.reason.trim() === '')
    return {
      ui: withCard(ui, card, { focus: 'reason', problem: 'Enter a reason: it is recorded in the journal.' }),
    };
  if (confirm.kind !== 'type' && card.focus !== 'yes') return { ui: withCard(ui, card, { focus: 'yes' }) };
  return {
    ui: withCard(ui, card, { stage: 'starting', problem: null }),
    intent: {
      kind: 'start',
      card: card.id,
      judgementId: judgement.id,
      word: confirm.kind === 'type' ? card.word : null,
      reason: confirm.reason ? card.reason.trim() : null,
      drive: true,
    },
  };
}

function withCard(ui: Ui, card: Card, change: Partial<Card>): Ui {
  return { ...ui, overlay: { ...card, ...change } };
}
