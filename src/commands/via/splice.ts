import type { Clock, StreamPeer } from '../../ports.ts';

/** An answer to the last words may still be under way when the input has ended. */
const lastWordsMs = 5_000;

/** Copies each side to the other until the agent closes, or for a while after `outside` has said its last word. */
export function splice(outside: StreamPeer, agent: StreamPeer, clock: Pick<Clock, 'after'>): Promise<void> {
  agent.onData((chunk) => outside.write(chunk));
  outside.onData((chunk) => agent.write(chunk));
  return new Promise((resolve) => {
    const cancel: (() => void)[] = [];
    outside.onClose(() => cancel.push(clock.after(lastWordsMs, agent.end)));
    agent.onClose(() => {
      for (const stop of cancel) stop();
      outside.end();
      resolve();
    });
  });
}
