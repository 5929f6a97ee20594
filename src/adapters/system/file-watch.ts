import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Cancel } from '../../ports.ts';

/** Watches a file through its directory, so that one that appears or is renamed into place is seen too. Best effort. */
export function watchFile(path: string, changed: () => void): Cancel {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_, name) => {
      if (name === null || name === basename(path)) changed();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    // No such directory, or no more inotify watches: the caller looks by itself now and then anyway.
    return () => {};
  }
}
