import type { Cancel, Clock } from '../ports.ts';
import type { Position, StreamMessage } from '../protocol/stream.ts';
import type { AgentLink } from './agent-link.ts';
import { isInOrder } from './stream-order.ts';

const backoffMs = [250, 500, 1000, 2000, 4000, 8000];
/** A beat comes every 10 s: after three missed the connection counts as dead, whatever the socket says. */
const silentMs = 35_000;

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
  let connection: { hold(): void; close(): void } | null = null;
  let retry: Cancel = () => {};
  let watchdog: Cancel = () => {};
  let life = 0;

  connect();
  return {
    hold: () => connection?.hold(),
    stop() {
      life += 1;
      retry();
      watchdog();
      connection?.close();
    },
  };

  function connect(): void {
    life += 1;
    const mine = life;
    watch(mine);
    connection = ports.link.stream({
      ...(position && { since: position }),
      onMessage: (message) => {
        if (mine === life) receive(message, mine);
      },
      onClose: (reason) => {
        if (mine === life) again(reason.message);
      },
    });
  }

  function receive(message: StreamMessage, mine: number): void {
    failures = 0;
    watch(mine);
    if (!isInOrder(position, message)) {
      restart();
      return;
    }
    if (message.type !== 'beat') position = { epoch: message.epoch, seq: message.seq };
    sink.take(message);
  }

  function restart(): void {
    position = null;
    connection?.close();
    connect();
  }

  function again(reason: string): void {
    sink.lost(reason);
    life += 1;
    watchdog();
    retry();
    connection?.close();
    const wait = backoffMs[Math.min(failures, backoffMs.length - 1)] ?? 8000;
    failures += 1;
    retry = ports.clock.after(wait, connect);
  }

  function watch(mine: number): void {
    watchdog();
    watchdog = ports.clock.after(silentMs, () => {
      if (mine === life) again('the agent has been silent for 35 s');
    });
  }
}
