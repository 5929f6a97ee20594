import type { Key } from '../keys/key.ts';
import { lookup } from '../lookup.ts';
import type { Scene } from '../scene.ts';
import { screenTable } from '../screen-table.ts';
import type { Ui } from '../ui.ts';
import { commands } from './commands.ts';
import type { Step } from './step.ts';

/**
 * Keys while plain lines are written: a digit says that screen whole, and there is no verb on the cluster, because no
 * card can be shown before it.
 */
export function updateLinear(ui: Ui, scene: Scene, key: Key): Step {
  const screen = screenTable.find((row) => row.digit === key);
  if (screen) return { ui: { ...ui, screen: screen.id }, intent: { kind: 'say', what: 'screen' } };
  const meaning = lookup(key, ['linear']);
  if (meaning?.kind !== 'command') return { ui };
  if (meaning.command === 'linear') return toTheScreen(ui, scene);
  if (meaning.command === 'help') return { ui, intent: { kind: 'say', what: 'keys' } };
  const step = commands[meaning.command](ui, scene);
  if (meaning.command === 'time-mode')
    return { ui: { ...step.ui, time: ui.time === 'utc' ? 'local' : 'utc' }, intent: standing };
  if (meaning.command === 'output') return { ui: step.ui, intent: { kind: 'say', what: 'screen' } };
  return step;
}

const standing = { kind: 'say', what: 'standing' } as const;

function toTheScreen(ui: Ui, { look }: Scene): Step {
  if (look.dumb) return { ui, intent: { kind: 'say', what: 'dumb' } };
  return { ui: { ...ui, linear: false, overlay: null }, intent: { kind: 'linear' } };
}
