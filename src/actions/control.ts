import type { Identity } from '../protocol/identity.ts';
import type { Wheel } from '../protocol/wheel.ts';
import type { ActionRow, Refusal } from './row.ts';

/** Whether an action needs control of the operation: an interrupt, stopping an autopilot, notes and reads never do. */
export function needsControl({ risk, wheel }: Pick<ActionRow, 'risk' | 'wheel'>): boolean {
  return risk !== 'read' && wheel;
}

/**
 * Control as an action needs it. none: it needs none, or whoever asks has it · free: whoever confirms takes it · held: by
 * somebody else, so that nothing can be confirmed.
 */
export type Control = { is: 'none' } | { is: 'free' } | ({ is: 'held' } & Holder);
type Holder = { holder: Identity; since: string | null };

/** `isOurs` tells whether the holder is who asks. */
export function controlFor(
  row: Pick<ActionRow, 'risk' | 'wheel'>,
  { holder, since }: Wheel,
  isOurs: (holder: Identity) => boolean,
): Control {
  if (!needsControl(row) || (holder !== null && isOurs(holder))) return { is: 'none' };
  return holder === null ? { is: 'free' } : { is: 'held', holder, since };
}

/** Who has control, since when (`at`: the time as it is shown), and the way to it. */
export function heldRefusal({ holder }: Holder, at: string): Refusal {
  return {
    sentence: `${holderWords(holder)} has control since ${at}`,
    nextStep: 'take control, with a reason: wheel.take',
  };
}

/** `root@10.0.0.7 (pts/3)`, as far as it was claimed: everybody is root, so the terminal tells them apart. */
export function holderWords({ user, from, tty }: Identity): string {
  return `${user}${from === null ? '' : `@${from}`}${tty === null ? '' : ` (${tty})`}`;
}
