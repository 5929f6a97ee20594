import type { Files } from '../ports.ts';

/** Reads a growing file line by line, each once. */
export type LineFollower = {
  /** The lines that were ended since the last call, as far as the file went then; with `whole` also one not ended. */
  read(whole?: boolean): Promise<string[]>;
};

const chunkBytes = 256 * 1024;
/** Of a longer line the beginning alone is kept. */
const longestLine = 16 * 1024;

export function createLineFollower(files: Pick<Files, 'readFrom'>, path: string, from = 0): LineFollower {
  const split = createLineSplitter();
  let offset = from;
  return {
    async read(whole = false) {
      const lines: string[] = [];
      for (;;) {
        const bytes = await files.readFrom(path, offset, chunkBytes);
        if (bytes === null || bytes.length === 0) break;
        offset += bytes.length;
        lines.push(...split(bytes));
      }
      return whole ? [...lines, ...split(new TextEncoder().encode('\n'))] : lines;
    },
  };
}

/** Gives the lines that a chunk ends; the rest waits for the next. */
export function createLineSplitter(): (chunk: Uint8Array) => string[] {
  const decoder = new TextDecoder();
  let rest = '';
  return (chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    return lines;
  };
}
