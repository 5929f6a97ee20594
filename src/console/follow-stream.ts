import type { Cancel, Clock } from '../ports.ts';
import type { Position, StreamMessage } from '../protocol/stream.ts';
import type { AgentLink } from './agent-link.ts';
import { isInOrder } from './stream-order.ts';
import { watchedLine } from './watched-line.ts';

const backoffMs = [250, 500, 1000, 2000, 4000, 8000];

export type StreamSink = {
  /** A snapshot, the next event, or a beat: never an event after a gap. */
  take(message: StreamMessage): void;
  lost(reason: string): void;
};

/**
 * Keeps the stream alive: connects, comes back with growing pauses, goes on where it stood, and asks for a snapshot when
 * an event is missing.
 */
export function followStream(
  ports: { link: Pick<AgentLink, 'stream'>; clock: Clock },
  sink: StreamSink,
): { hold(): void; stop(): void } {
  let position: Position | null = null;
  let failures = 0;
  let retry: Cancel = () => {};
  const line = watchedLine(ports, { message: receive, ended: again });

  line.open(null);
  return {
    hold: line.hold,
    stop() {
      retry();
      line.close();
    },
  };

  function receive(message: StreamMessage): void {
    failures = 0;
    if (!isInOrder(position, message)) {
      position = null;
      line.open(null);
      return;
    }
    if (message.type !== 'beat') position = { epoch: message.epoch, seq: message.seq };
    sink.take(message);
  }

  function again(reason: string): void {
    sink.lost(reason);
    const wait = backoffMs[Math.min(failures, backoffMs.length - 1)] ?? 8000;
    failures += 1;
    retry();
    retry = ports.clock.after(wait, () => line.open(position));
  }
}
