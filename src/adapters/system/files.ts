import {
  access,
  appendFile,
  chmod,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  statfs,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileStat, Files } from '../../ports.ts';
import { takeLock } from './file-lock.ts';
import { watchFile } from './file-watch.ts';
import { handToGroup } from './hand-to-group.ts';
import { writeWhole } from './write-whole.ts';

/** Files of this machine. What is simply not there is null or empty; everything else throws the system's error. */
export function systemFiles(): Files {
  return {
    read: (path) => orNull(readFile(path)),
    readText: (path) => orNull(readFile(path, 'utf8')),
    readFrom: (path, offset, length) => orNull(readPart(path, offset, length)),
    write: writeWhole,
    append: (path, content) => appendFile(path, content, { mode: 0o600 }),
    list: async (path) => (await orNull(readdir(path))) ?? [],
    stat: (path) => orNull(describe(path)),
    makeDirectory: (path, options) => makeDirectory(path, options),
    removeEmpty,
    remove: (path) => rm(path, { recursive: true, force: true }),
    rename: (from, to) => rename(from, to),
    realpath: (path) => orNull(realpath(path)),
    isExecutable,
    lock: takeLock,
    space: (path) => orNull(freeSpace(path)),
    watch: watchFile,
  };
}

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

async function readPart(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function describe(path: string): Promise<FileStat> {
  const found = await stat(path);
  const { size, mtimeMs, mode, uid } = found;
  return { size, mtimeMs, mode: mode & 0o7777, uid, kind: kindOf(found) };
}

function kindOf(found: Awaited<ReturnType<typeof stat>>): FileStat['kind'] {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'directory';
  return found.isSocket() ? 'socket' : 'other';
}

type DirectoryOptions = { mode?: number; group?: string };

/** Somebody may take the parent away and put it back while we look: so often it is tried again. */
const mostTries = 20;

/**
 * By hand: `mkdir` of Node, recursive, never returns below /proc, where a folder that is there still answers ENOENT.
 * The mode is set again after the making, which the umask cuts.
 */
async function makeDirectory(path: string, options: DirectoryOptions = {}, tries = mostTries): Promise<void> {
  try {
    await mkdir(path, { mode: options.mode });
    if (options.mode !== undefined) await chmod(path, options.mode);
    await handToGroup(path, options.group);
  } catch (error) {
    if (isOf(error, 'mkdir') && (await orNull(stat(path)))?.isDirectory()) return;
    const mayGo = isNotThere(error) || (isOf(error, 'mkdir') && (await orNull(stat(path))) === null);
    if (!mayGo || tries === 0) throw error;
    if ((await orNull(stat(dirname(path)))) === null) await makeDirectory(dirname(path), options);
    await makeDirectory(path, options, tries - 1);
  }
}

function isOf(error: unknown, syscall: string): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === syscall;
}

const stays: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTEMPTY', 'EEXIST']);

async function removeEmpty(path: string): Promise<void> {
  await rmdir(path).catch((error: NodeJS.ErrnoException) => {
    if (!stays.has(error.code)) throw error;
  });
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function freeSpace(path: string): Promise<{ free: number; total: number }> {
  const { bavail, blocks, bsize } = await statfs(path);
  return { free: bavail * bsize, total: blocks * bsize };
}
