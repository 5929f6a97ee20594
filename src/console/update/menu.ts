import type { CommandName } from '../keymap.ts';
import type { Key } from '../keys/key.ts';
import { lookup } from '../lookup.ts';
import { type MenuEntry, menuEntries } from '../menu-entries.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import type { WhyAbout } from '../why-overlay.ts';
import { openAction } from './open-action.ts';
import { openWhy } from './open-why.ts';
import type { Step } from './step.ts';

/** Keys in the action menu; a refused action opens its card too, where the agent itself says why. */
export function updateMenu(ui: Ui, scene: Scene, key: Key): Step {
  if (ui.overlay?.kind !== 'menu') return { ui };
  const meaning = lookup(key, ['menu']);
  if (meaning?.kind !== 'command') return { ui };
  const closed = { ...ui, overlay: null };
  if (meaning.command === 'back') return { ui: closed };
  const entries = menuEntries(scene, ui);
  const { selected } = ui.overlay;
  if (meaning.command === 'accept') {
    const entry = entries[selected];
    return entry ? openAction(closed, scene, entry) : { ui: closed };
  }
  if (meaning.command === 'why') {
    const entry = entries[selected];
    return entry ? openWhy(ui, whyOfEntry(entry), ui.overlay) : { ui };
  }
  if (meaning.command === 'copy') {
    const text = entries[selected]?.verdict.commands.join('\n') ?? '';
    const name = `the command of ${entries[selected]?.row.label ?? ''}`;
    return text === '' ? { ui } : { ui, intent: { kind: 'copy', name, text, toFile: false } };
  }
  return {
    ui: { ...ui, overlay: { kind: 'menu', selected: stepped(selected, meaning.command, entries.length) } },
  };
}

/** Of a refused action, the refusal; of another, the phase it is about. */
function whyOfEntry({ args, refusal }: MenuEntry): WhyAbout {
  const phase = typeof args.phase === 'string' ? args.phase : null;
  return { phase, refusal: refusal?.sentence ?? null, nextStep: refusal?.nextStep ?? null };
}

const ways: Partial<Record<CommandName, number>> = {
  down: 1,
  up: -1,
  'page-down': 10,
  'page-up': -10,
  first: -1_000_000,
  last: 1_000_000,
};

/** Down or up a list of `count` by a line, ten, or to its end, staying inside it. */
export function stepped(selected: number, command: CommandName, count: number): number {
  return Math.min(Math.max(0, selected + (ways[command] ?? 0)), Math.max(0, count - 1));
}
