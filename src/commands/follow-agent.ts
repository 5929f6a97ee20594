import type { StreamMessage } from '../protocol/stream.ts';
import type { Context } from './context.ts';
import { type Reached, reachAgent } from './reach-agent.ts';
import { CommandError } from './row.ts';

/** How long (ms) between two attempts to reach an agent that is gone. */
const retryMs = 1000;

/**
 * Follows what the agent says, across its restarts: a second of a missing agent is no reason to end a watch that a night
 * depends on. Standard error says when it is gone and when it is back. Never throws; ends when it is closed.
 */
export function followAgent(
  context: Context,
  flags: Record<string, unknown>,
  { reached, hear }: { reached: Reached; hear(message: StreamMessage, from: Reached): void },
): { close(): void } {
  let isClosed = false;
  const open = (from: Reached) =>
    from.client.stream({
      onMessage: (message) => hear(message, from),
      onClose: ({ message }) => void reopen(message),
    });
  let stream = open(reached);
  const reopen = async (message: string) => {
    if (isClosed) return;
    const why = message === '' ? '' : `: ${message}`;
    context.streams.err(`the agent is gone${why}; waiting for it (Ctrl-C ends)\n`);
    const again = await whenBack(context, flags, () => isClosed);
    if (again === null) return;
    context.streams.err('the agent is back\n');
    stream = open(again);
  };
  return {
    close: () => {
      isClosed = true;
      stream.close();
    },
  };
}

/** The agent once one answers, null when nobody waits for it any longer. */
async function whenBack(
  context: Context,
  flags: Record<string, unknown>,
  isClosed: () => boolean,
): Promise<Reached | null> {
  for (;;) {
    await context.clock.wait(retryMs);
    if (isClosed()) return null;
    const reached = await reachAgent(context, flags).catch(notYet);
    if (isClosed()) return null;
    if (reached !== null) return reached;
  }
}

function notYet(error: unknown): null {
  if (error instanceof CommandError) return null;
  throw error;
}
