import { open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readLines } from './read-lines.ts';

export type Segment = { at: string; number: number; size: number };

/** The parts of a store that were set aside, oldest first. */
export async function segmentsOf(path: string): Promise<Segment[]> {
  const names = await readdir(dirname(path));
  const numbers = names
    .filter((name) => name.startsWith(`${basename(path)}.`))
    .map((name) => name.slice(basename(path).length + 1))
    .filter((end) => /^\d{6,}$/.test(end))
    .map(Number)
    .sort((one, other) => one - other);
  return Promise.all(
    numbers.map(async (number) => {
      const at = named(path, number);
      return { at, number, size: (await stat(at)).size };
    }),
  );
}

/** Where the next part to be set aside goes. */
export async function nextSegment(path: string): Promise<string> {
  const last = (await segmentsOf(path)).at(-1)?.number ?? 0;
  return named(path, last + 1);
}

/**
 * Removes the oldest until at most `mostBytes` are left, but never the newest, which tells where the lines stand; the
 * newest line that is gone, null when none is.
 */
export async function dropSegments(path: string, mostBytes: number): Promise<string | null> {
  const segments = await segmentsOf(path);
  let left = segments.reduce((sum, { size }) => sum + size, 0);
  let last: string | null = null;
  for (const { at, size } of segments.slice(0, -1)) {
    if (left <= mostBytes) break;
    last = (await lastLine(at)) ?? last;
    await rm(at);
    left -= size;
  }
  return last;
}

async function lastLine(path: string): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    let last: string | null = null;
    await readLines(file, (line) => {
      last = line;
    });
    return last;
  } finally {
    await file.close();
  }
}

function named(path: string, number: number): string {
  return join(dirname(path), `${basename(path)}.${String(number).padStart(6, '0')}`);
}
