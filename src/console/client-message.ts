import type { StreamMessage } from '../protocol/stream.ts';

const types: ReadonlySet<unknown> = new Set(['snapshot', 'event', 'beat']);

/**
 * A message of the agent's stream, null for anything else. Only its frame is looked at: it comes from the agent alone,
 * by the hundreds a second at times, and an event of a newer agent must get through to be passed over by the fold.
 */
export function readStreamMessage(text: string): StreamMessage | null {
  try {
    const message: unknown = JSON.parse(text);
    return isMessage(message) ? message : null;
  } catch {
    return null;
  }
}

function isMessage(message: unknown): message is StreamMessage {
  if (typeof message !== 'object' || message === null) return false;
  const { type, epoch, seq, event, state }: Record<string, unknown> = { ...message };
  if (!types.has(type) || typeof epoch !== 'string' || typeof seq !== 'number') return false;
  return (type !== 'event' || isObject(event)) && (type !== 'snapshot' || isObject(state));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
