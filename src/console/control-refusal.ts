import { controlFor, heldRefusal } from '../actions/control.ts';
import type { ActionRow, Refusal } from '../actions/row.ts';
import { clockTime, type TimeMode } from './format/instant.ts';
import type { Scene } from './scene.ts';

/** Control as this console would need it for an action. */
export function controlHere({ cluster, console }: Scene, row: ActionRow) {
  return controlFor(row, cluster.wheel, (holder) => holder.console === console);
}

/** Why nothing can be confirmed here: somebody else has control; null where it is free or ours. */
export function controlRefusal(scene: Scene, row: ActionRow, time: TimeMode = 'utc'): Refusal | null {
  const control = controlHere(scene, row);
  if (control.is !== 'held') return null;
  return heldRefusal(control, clockTime(control.since, time, scene.now));
}
