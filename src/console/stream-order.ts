import type { Position, StreamMessage } from '../protocol/stream.ts';

/**
 * Whether a message may be taken after what was taken up to `position`: a snapshot always, an event only when it is the
 * very next one, a beat only when it names no event that was not seen. Everything else is a gap.
 */
export function isInOrder(position: Position | null, message: StreamMessage): boolean {
  if (message.type === 'snapshot') return true;
  if (position === null || message.epoch !== position.epoch)
    return message.type === 'beat' && position === null;
  return message.type === 'event' ? message.seq === position.seq + 1 : message.seq <= position.seq;
}
