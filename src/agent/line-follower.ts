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
  const decoder = new TextDecoder();
  let offset = from;
  let rest = '';
  return {
    async read(whole = false) {
      const lines: string[] = [];
      for (;;) {
        const bytes = await files.readFrom(path, offset, chunkBytes);
        if (bytes === null || bytes.length === 0) break;
        offset += bytes.length;
        const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
        rest = (parts.pop() ?? '').slice(0, longestLine);
        lines.push(...parts);
      }
      if (!whole || rest === '') return lines;
      lines.push(rest);
      rest = '';
      return lines;
    },
  };
}
