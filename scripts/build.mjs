// Bundles src/main.ts into dist/. With --if-stale only when a source is newer than the last build.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isStale } from './stale.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', 'built');

if (!process.argv.includes('--if-stale') || isStale(root)) await build();

async function build() {
  const esbuild = await import('esbuild').catch(() => null);
  if (esbuild === null) {
    // An install without development packages keeps the bundle it came with.
    if (existsSync(join(root, 'dist', 'main.mjs'))) return;
    console.error(
      'gravity-console is not built and esbuild is not installed: run npm ci, then npm run build',
    );
    process.exit(1);
  }
  const began = Date.now();
  const out = join(root, 'dist');
  const fresh = join(root, `dist-${process.pid}`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { main: 'src/main.ts' },
    outdir: fresh,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    // Chunks keep a subcommand's libraries off the start of all the others.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minifySyntax: true,
    legalComments: 'none',
    jsx: 'automatic',
    loader: { '.md': 'text' },
    define: { 'process.env.NODE_ENV': '"production"', GRAVITY_CONSOLE_VERSION: JSON.stringify(version) },
    external: ['react-devtools-core', 'bufferutil', 'utf-8-validate'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  // Two builds at once must not leave half of each.
  rmSync(out, { recursive: true, force: true });
  try {
    renameSync(fresh, out);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  writeFileSync(stamp, `${version}\n`);
  if (!process.argv.includes('--quiet')) console.error(`built dist/ in ${Date.now() - began} ms`);
}
