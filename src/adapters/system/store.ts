import { type FileHandle, open } from 'node:fs/promises';
import type { Store } from '../../ports.ts';

/** Ends a line that was torn by a crash or a full disk. JSON never holds it unescaped, so a torn line is known for ever. */
const tornMark = '\x18';
const chunkBytes = 256 * 1024;

/**
 * An append-only file of lines. `append` answers when the line is with the kernel, in the order asked: the end of this
 * process, however violent, loses nothing acknowledged; a power cut may lose the last seconds, because waiting for the
 * disk at every line would let a slow disk hold up the agent. `close` does wait for the disk.
 * A line torn by an earlier crash is closed off at the opening and reported by `readAll`.
 */
export async function openStore(path: string): Promise<Store> {
  const file = await open(path, 'a+', 0o600);
  await closeOffTornLine(file);
  const append = inOrder((line: string) => appendLine(file, line));
  return {
    append,
    readAll: (take) => readLines(file, take),
    size: async () => (await file.stat()).size,
    async close() {
      await append.idle();
      await file.datasync().catch(() => {});
      await file.close();
    },
  };
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

type Ordered = ((line: string) => Promise<void>) & { idle(): Promise<void> };

function inOrder(work: (line: string) => Promise<void>): Ordered {
  let last: Promise<void> = Promise.resolve();
  const run = (line: string) => {
    const mine = last.then(() => work(line));
    last = mine.catch(() => {});
    return mine;
  };
  return Object.assign(run, { idle: () => last });
}

async function readLines(
  file: FileHandle,
  take: (line: string) => void,
): Promise<{ lines: number; torn: boolean }> {
  const found = { lines: 0, torn: false };
  let rest: Buffer = Buffer.alloc(0);
  for (let at = 0; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    rest = takeLines(Buffer.concat([rest, buffer.subarray(0, bytesRead)]), (line) => {
      if (line.endsWith(tornMark)) found.torn = true;
      else {
        found.lines += 1;
        take(line);
      }
    });
  }
  return rest.length > 0 ? { ...found, torn: true } : found;
}

/** Hands out the whole lines and returns what is left. Works on bytes: a chunk may end inside a character. */
function takeLines(bytes: Buffer, take: (line: string) => void): Buffer {
  let from = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
    take(bytes.toString('utf8', from, end));
    from = end + 1;
  }
  return bytes.subarray(from);
}
