// npm run docs [-- --check]: writes what is generated from the tables, or says which file is out of date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { documents } from './documents/table.ts';

const root = resolve(process.cwd());
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const [path, text] of Object.entries(await documents(readText))) {
  if (readText(path) === text) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const verb = check ? 'out of date' : 'written';
for (const path of stale) console.log(`${path}: ${verb}`);
if (check && stale.length > 0) {
  console.error('run npm run docs and commit what it writes');
  process.exitCode = 1;
}

function readText(path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}
