import { chmod, lstat, rm } from 'node:fs/promises';
import { connect, type Server } from 'node:net';

/** sun_path holds 108 bytes with its end (unix(7)); Node cuts a longer one off in silence. */
const longestPath = 107;

/**
 * Listens on a Unix socket that nobody else can open before its mode is set. A socket file nobody listens on is
 * removed, but only after a connection to it was refused. Rejects with `code` ENAMETOOLONG, EADDRINUSE, ENOTSOCK or
 * the system's own, and a sentence.
 */
export async function listenOnSocket(server: Server, path: string, mode: number): Promise<void> {
  if (Buffer.byteLength(path) > longestPath)
    throw coded(
      'ENAMETOOLONG',
      `the socket path ${path} is ${Buffer.byteLength(path)} bytes long; the system takes ${longestPath}`,
    );
  await removeStale(path);
  await bind(server, path);
  await chmod(path, mode);
}

async function removeStale(path: string): Promise<void> {
  const there = await lstat(path).catch(() => null);
  if (there === null) return;
  if (!there.isSocket()) throw coded('ENOTSOCK', `${path} is there and is not a socket`);
  if (await answers(path)) throw coded('EADDRINUSE', `another program listens on ${path}`);
  await rm(path, { force: true });
}

/** Anything but "nobody listens" counts as an answer: what we may not open is not ours to remove. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}

function bind(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // listen() on a path binds before it returns, so the mask covers exactly the making of the file.
    const mask = process.umask(0o177);
    try {
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(mask);
    }
  });
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
