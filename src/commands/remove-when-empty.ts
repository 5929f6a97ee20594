import type { Files } from '../ports.ts';

/** Removes a folder that nothing is in; one that is not there, or holds anything, is left as it is. */
export async function removeWhenEmpty(folder: string, files: Files): Promise<void> {
  if ((await files.stat(folder)) === null) return;
  if ((await files.list(folder)).length === 0) await files.remove(folder);
}
