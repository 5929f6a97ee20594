import type { Clock, Processes, StreamPeer } from '../../ports.ts';
import { type Carrier, carry } from './carry.ts';

/** The way to an agent on another machine, through a command that is started again when it has ended. */
export type Link = {
  /** Starts the command at this terminal, where it may ask for a password; a sentence when the far end never answered. */
  start(onStderr: (text: string) => void): Promise<string | null>;
  /** One connection to the agent. Where the command has ended it is started again; then the connection waits for it. */
  open(): StreamPeer;
  /** Why there is no link now, null while there is one. */
  problem(): string | null;
  close(): void;
};

/**
 * Started again, the command gets no terminal: a key or a certificate brings it back by itself, and a password is never
 * asked for in the middle of the screen.
 */
export function createLink(
  world: { processes: Pick<Processes, 'start'>; clock: Clock },
  words: readonly string[],
): Link {
  let carrier: Carrier | null = null;
  let problem: string | null = null;

  const begin = (ownGroup: boolean, onStderr: (text: string) => void): Carrier => {
    const mine = carry(world, { words, ownGroup, onStderr });
    carrier = mine;
    void mine.ready.then((isReady) => {
      if (isReady) problem = null;
    });
    void mine.ended.then((why) => {
      problem = why;
      if (carrier === mine) carrier = null;
    });
    return mine;
  };
  return {
    async start(onStderr) {
      const mine = begin(false, onStderr);
      return (await mine.ready) ? null : mine.ended;
    },
    open: () => (carrier ?? begin(true, () => {})).channels.open(),
    problem: () => problem,
    close: () => carrier?.close(),
  };
}
