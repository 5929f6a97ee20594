import { createHash, randomUUID } from 'node:crypto';
import { link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Cancel } from '../../ports.ts';

/**
 * An exclusive lock that ends with the process, whatever ends it. Node has no flock(2), and a file with a pid can be
 * left behind or taken twice; the kernel gives a name in the abstract socket namespace to one process and takes it
 * back by itself. The name comes from a secret in the file, so that only who may read the file can take the lock.
 * Holds among processes of one network namespace. Null when somebody else holds it.
 */
export async function takeLock(path: string): Promise<Cancel | null> {
  const secret = await secretOf(path);
  const name = `\0gravity-console-lock-${createHash('sha256').update(secret).digest('hex').slice(0, 32)}`;
  const holder = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    holder.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    holder.listen(name, () => {
      holder.unref();
      resolve(() => void holder.close());
    });
  });
}

/** Reads the secret, made at the first lock; link(2) lets the first of two makers win. */
async function secretOf(path: string): Promise<string> {
  const there = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (there !== null && there !== '') return there;
  const folder = await mkdtemp(join(dirname(path), '.lock-'));
  try {
    const fresh = join(folder, 'secret');
    await writeFile(fresh, `${randomUUID()}\n`, { mode: 0o600 });
    if (there === '') await rm(path, { force: true });
    await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return readFile(path, 'utf8');
}
