import { type FileHandle, open, rename } from 'node:fs/promises';
import type { Store } from '../../ports.ts';
import { readLines } from './read-lines.ts';
import { dropSegments, nextSegment, segmentsOf } from './store-segments.ts';
import { tornMark } from './torn-mark.ts';

/** A segment is closed when it holds this part of all that is kept, so that dropping one drops little. */
const segmentShare = 1 / 8;

/**
 * An append-only file of lines. `append` answers when the line is with the kernel, in the order asked: the end of this
 * process, however violent, loses nothing acknowledged; a power cut may lose the last seconds, because waiting for the
 * disk at every line would let a slow disk hold up the agent. `close` does wait for the disk.
 * A line torn by an earlier crash is closed off at the opening and reported by `readAll`. `path` is the newest part;
 * older ones, which `trim` sets aside and drops, lie beside it as `PATH.000001` and on.
 */
export async function openStore(path: string): Promise<Store> {
  let file = await openPart(path);
  const inTurn = oneAfterTheOther();
  const setAside = async () => {
    const fresh = await nextPart(path);
    const full = file;
    file = fresh;
    await full.datasync().catch(() => {});
    await full.close();
  };
  return {
    append: (line) => inTurn(() => appendLine(file, line)),
    readAll: (take) =>
      inTurn(async () => {
        const parts = await segmentsOf(path);
        const found = { lines: 0, torn: false };
        for (const read of [
          ...parts.map(
            ({ at }) =>
              () =>
                readClosed(at, take),
          ),
          () => readLines(file, take),
        ]) {
          const { lines, torn } = await read();
          found.lines += lines;
          found.torn ||= torn;
        }
        return found;
      }),
    size: () => inTurn(() => sizeOf(path, file)),
    trim: (mostBytes) =>
      inTurn(async () => {
        const { size } = await file.stat();
        if (size < mostBytes * segmentShare) return null;
        await setAside();
        return dropSegments(path, mostBytes);
      }),
    close: () =>
      inTurn(async () => {
        await file.datasync().catch(() => {});
        await file.close();
      }),
  };
}

async function openPart(path: string): Promise<FileHandle> {
  const file = await open(path, 'a+', 0o600);
  await closeOffTornLine(file);
  return file;
}

/** The new part takes the place of the one that is set aside; where that fails the old one goes on being written. */
async function nextPart(path: string): Promise<FileHandle> {
  const fresh = await open(`${path}.next`, 'a+', 0o600);
  try {
    await rename(path, await nextSegment(path));
    await rename(`${path}.next`, path);
    return fresh;
  } catch (error) {
    await fresh.close();
    throw error;
  }
}

async function closeOffTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) return;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer.toString() !== '\n') await file.appendFile(`${tornMark}\n`);
}

/** A line that fits only partly (a full disk) is taken out again, or else closed off, so that the next one stands alone. */
async function appendLine(file: FileHandle, line: string): Promise<void> {
  const { size } = await file.stat();
  try {
    await file.appendFile(`${line}\n`);
  } catch (error) {
    await file.truncate(size).catch(() => closeOffTornLine(file).catch(() => {}));
    throw error;
  }
}

async function readClosed(path: string, take: (line: string) => void) {
  const file = await open(path, 'r');
  try {
    return await readLines(file, take);
  } finally {
    await file.close();
  }
}

async function sizeOf(path: string, file: FileHandle): Promise<number> {
  const segments = await segmentsOf(path);
  return segments.reduce((sum, { size }) => sum + size, (await file.stat()).size);
}

function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
