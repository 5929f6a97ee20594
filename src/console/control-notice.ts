import { holderWords } from '../actions/control.ts';
import type { Event } from '../protocol/event.ts';
import type { Notice } from './ui.ts';

/** What this console says when somebody took control from it; nothing of what happens among others. */
export function controlNotice(event: Event, console: string): Notice | null {
  if (event.kind !== 'wheel.taken' || event.from?.console !== console) return null;
  const { holder, reason } = event.wheel;
  if (holder === null || holder.console === console) return null;
  const why = reason === null ? '' : `: ${reason}`;
  return { text: `${holderWords(holder)} took control from you${why}`, tone: 'bad' };
}
