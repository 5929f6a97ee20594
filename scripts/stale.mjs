import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const watched = [
  'src',
  'components',
  'screens',
  'assets',
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
];

/** Whether a source of the checkout at `root` is newer than its last build. */
export function isStale(root) {
  const stamp = join(root, 'dist', 'built');
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return watched.some((name) => newest(join(root, name)) > built);
}

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}
