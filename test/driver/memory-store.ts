import type { Store } from '../../src/ports.ts';

/** A store in memory; `broken` makes appends fail, as a full disk does. */
export function memoryStore(lines: string[] = []): Store & { lines: string[]; broken: boolean } {
  return {
    lines,
    broken: false,
    async append(line) {
      if (this.broken) throw new Error('no space left on device');
      lines.push(line);
    },
    async readAll(take) {
      for (const line of lines) take(line);
      return { lines: lines.length, torn: false };
    },
    trim: async () => null,
    size: async () => lines.join('\n').length,
    close: async () => {},
  };
}
