import { clean } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { isFinal, type Run, type RunState } from '../protocol/run.ts';
import type { Context } from './context.ts';
import type { Reached } from './reach-agent.ts';

const pauseMs = 400;
/** An agent that is restarted is back within seconds; its runs go on meanwhile. */
const patience = 75;

export type Followed = { run: Run; exit: number };

/**
 * Follows a run to its end, handing on its output cleaned, whole lines at a time. An agent that goes away is asked
 * again for half a minute: the run goes on without it. Null when it stays away, or when `stopped` says so.
 */
export async function followRun(
  context: Context,
  { client }: Reached,
  first: Run,
  output: (text: string) => void,
  stopped: () => boolean,
): Promise<Followed | null> {
  const lines = createLines(output);
  let run = first;
  let from = 0;
  let failures = 0;
  while (!stopped()) {
    const state = await client.run(run.id);
    const part = await client.output(run.id, from);
    failures = state.ok ? 0 : failures + 1;
    if (failures > patience) return null;
    if (state.ok) run = state.value;
    const moved = part.ok && part.value.next > from;
    if (part.ok) {
      from = part.value.next;
      lines.take(part.value.bytes);
    }
    if (state.ok && isFinal(run.state) && !moved) {
      lines.end();
      return { run, exit: exitOf[run.state] };
    }
    if (!moved) await context.clock.wait(pauseMs);
  }
  return null;
}

const exitOf: Record<RunState, number> = {
  queued: exitCodes.unknown.code,
  running: exitCodes.unknown.code,
  done: exitCodes.fine.code,
  failed: exitCodes.runFailed.code,
  cancelled: exitCodes.runFailed.code,
  lost: exitCodes.unknown.code,
  unknown: exitCodes.unknown.code,
};

/** Bytes to clean whole lines: an escape sequence or a letter cut by a chunk is never seen in halves. */
function createLines(output: (text: string) => void) {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    take(bytes: Uint8Array) {
      rest += decoder.decode(bytes, { stream: true });
      const end = rest.lastIndexOf('\n') + 1;
      if (end === 0) return;
      output(clean(rest.slice(0, end)));
      rest = rest.slice(end);
    },
    end() {
      rest += decoder.decode();
      if (rest !== '') output(`${clean(rest)}\n`);
    },
  };
}
