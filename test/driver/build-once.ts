import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Before all tests: the bundle that the tests start as a program is the one of these sources. */
export function setup(): void {
  const { status } = spawnSync(
    process.execPath,
    [resolve(import.meta.dirname, '../../scripts/build.mjs'), '--if-stale'],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('the bundle could not be built');
}
