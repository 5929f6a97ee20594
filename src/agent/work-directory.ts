import type { Files } from '../ports.ts';

/**
 * Where gravity runs. It panics in a directory that is gone and makes `.gravity` in the one it is in (client-facts 12
 * and 19), so it gets one of its own below the agent's state and never the root of the machine.
 */
export function workDirectory(stateDir: string): string {
  return `${stateDir}/work`;
}

export async function makeWorkDirectory(
  files: Pick<Files, 'makeDirectory'>,
  stateDir: string,
): Promise<string> {
  const directory = workDirectory(stateDir);
  await files.makeDirectory(directory, { mode: 0o700 });
  return directory;
}
