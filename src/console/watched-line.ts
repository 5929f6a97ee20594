import type { Cancel, Clock } from '../ports.ts';
import type { Position, StreamMessage } from '../protocol/stream.ts';
import type { AgentLink } from './agent-link.ts';

/** A beat comes every 10 s: after three missed the connection counts as dead, whatever the socket says. */
const silentMs = 35_000;

export type WatchedLine = { open(since: Position | null): void; hold(): void; close(): void };

/**
 * One connection to the stream at a time. Whatever a closed one still says is dropped; the open one ends once, by its
 * own word or because nothing was heard of it for 35 s.
 */
export function watchedLine(
  ports: { link: Pick<AgentLink, 'stream'>; clock: Clock },
  hear: { message(message: StreamMessage): void; ended(reason: string): void },
): WatchedLine {
  let life = 0;
  let connection: { hold(): void; close(): void } | null = null;
  let watchdog: Cancel = () => {};
  return { open, close, hold: () => connection?.hold() };

  function open(since: Position | null): void {
    close();
    const mine = life;
    watch();
    connection = ports.link.stream({
      ...(since && { since }),
      onMessage: (message) => {
        if (mine !== life) return;
        watch();
        hear.message(message);
      },
      onClose: (reason) => {
        if (mine === life) end(reason.message);
      },
    });
  }

  function close(): void {
    life += 1;
    watchdog();
    connection?.close();
    connection = null;
  }

  function end(reason: string): void {
    close();
    hear.ended(reason);
  }

  function watch(): void {
    watchdog();
    watchdog = ports.clock.after(silentMs, () => end('the agent has been silent for 35 s'));
  }
}
