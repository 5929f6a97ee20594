import type { FileHandle } from 'node:fs/promises';
import { tornMark } from './torn-mark.ts';

const chunkBytes = 256 * 1024;

/** Hands out the whole lines of a file in order; `torn` when one of them, or the end, is only a part of a line. */
export async function readLines(
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
