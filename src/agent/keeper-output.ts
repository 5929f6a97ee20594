import type { Files } from '../ports.ts';

export type KeeperOutput = {
  take(chunk: Uint8Array): void;
  /** Resolves when all is written; the number of bytes that were not kept. */
  close(): Promise<number>;
};

/** A run's output is kept up to this; what comes after is counted. */
const keptBytes = 20 * 1024 * 1024;
/** What may wait for a slow disk. */
const waitingBytes = 4 * 1024 * 1024;

/**
 * Appends what a program prints to a file without ever making the program wait: past the limit, when the disk is too
 * slow or takes nothing, bytes are dropped and counted, and a line in the output says how many.
 */
export function keeperOutput({ files }: { files: Files }, path: string): KeeperOutput {
  let waiting: Uint8Array[] = [];
  /** Taken and not yet with the disk; `accepted` counts those and what the disk has. */
  let pending = 0;
  let accepted = 0;
  let gap = 0;
  let dropped = 0;
  let writing: Promise<void> | null = null;

  const drop = (length: number) => {
    gap += length;
    dropped += length;
  };
  const write = async (bytes: Uint8Array) => {
    const told = gap;
    const line = new TextEncoder().encode(told > 0 ? gapLine(told) : '');
    try {
      await files.append(path, joined([line, bytes]));
      gap -= told;
    } catch {
      accepted -= bytes.length;
      drop(bytes.length);
    }
    pending -= bytes.length;
  };
  const drain = async () => {
    while (waiting.length > 0) {
      const bytes = joined(waiting);
      waiting = [];
      await write(bytes);
    }
    writing = null;
  };
  return {
    take(chunk) {
      const room = Math.min(keptBytes - accepted, waitingBytes - pending);
      if (chunk.length > room) return drop(chunk.length);
      waiting.push(chunk);
      pending += chunk.length;
      accepted += chunk.length;
      writing ??= drain();
    },
    async close() {
      await writing;
      if (gap > 0) await files.append(path, gapLine(gap)).catch(() => {});
      return dropped;
    },
  };
}

function gapLine(bytes: number): string {
  return `\n[gravity-console: ${bytes} bytes of output are missing here]\n`;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
