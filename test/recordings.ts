import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const root = new URL('./recordings/', import.meta.url).pathname;

/** The bytes of one recording by its path in test/recordings, wherever it lies: plain or gzipped. */
export function recording(path: string): Buffer {
  const plain = join(root, path);
  return existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
}

export function recordingText(path: string): string {
  return recording(path).toString('utf8');
}

/** The paths of all recordings below a folder (`''`: all), without `.gz`, sorted. */
export function recordings(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(join(root, path)).isFile() && path !== 'SHA256SUMS')
    .map((path) => path.replace(/\.gz$/, ''))
    .sort();
}
