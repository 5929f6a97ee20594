import type { Clock, Log, Store } from '../ports.ts';

export type JournalQueueParts = {
  clock: Clock;
  store: Store;
  log: Log | null;
  /** What the record may take on disk, about. */
  mostBytes?: number;
};

/** The record's share of the state directory (200 MB in all; design 6). */
const share = 40 * 1024 * 1024;
const retryMs = { first: 1000, most: 30_000 };

/** Appends line after line; a failed one is tried again after a pause that doubles. `dropped` hears what made room. */
export function createJournalQueue(
  { clock, store, log, mostBytes = share }: JournalQueueParts,
  dropped: (lastLine: string) => void,
) {
  const lines: string[] = [];
  const pause = createPause(clock);
  let closing = false;
  let failing = false;
  let pumping: Promise<void> | null = null;
  const pump = async () => {
    let wait = retryMs.first;
    for (let line = lines[0]; line !== undefined; line = lines[0]) {
      const failure = await failureOf(store.append(line));
      failing = failure !== null;
      if (failure === null) {
        lines.shift();
        wait = retryMs.first;
        const gone = await trimmed({ store, log }, mostBytes);
        if (gone !== null) dropped(gone);
        continue;
      }
      log?.error('the journal could not be written', { failure, waiting: lines.length });
      if (closing) return;
      await pause.wait(wait);
      wait = Math.min(retryMs.most, wait * 2);
    }
  };
  return {
    push(line: string) {
      lines.push(line);
      pumping ??= pump().finally(() => {
        pumping = null;
      });
    },
    waiting: () => lines.length,
    failing: () => failing,
    async close() {
      closing = true;
      pause.end();
      await pumping;
      await store.close();
    },
  };
}

/** A pause that can be ended before its time. */
function createPause(clock: Clock) {
  let end = () => {};
  return {
    wait: (ms: number) =>
      new Promise<void>((done) => {
        const cancel = clock.after(ms, done);
        end = () => {
          cancel();
          done();
        };
      }),
    end: () => end(),
  };
}

/** The newest line that went to make room, or null. A record that cannot be trimmed goes on growing, and says so. */
async function trimmed(
  { store, log }: Pick<JournalQueueParts, 'store' | 'log'>,
  mostBytes: number,
): Promise<string | null> {
  try {
    return await store.trim(mostBytes);
  } catch (error) {
    log?.error('the journal could not be trimmed', { error: String(error) });
    return null;
  }
}

async function failureOf(work: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
