// Bundles src/main.ts into dist/. With --if-stale only when a source is newer than the last build.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
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
    // A library's ES build keeps its names through a dynamic import; of a CommonJS one only the default is left.
    mainFields: ['module', 'main'],
    format: 'esm',
    target: 'node22',
    minifySyntax: true,
    legalComments: 'none',
    jsx: 'automatic',
    loader: { '.md': 'text' },
    define: { 'process.env.NODE_ENV': '"production"', GRAVITY_CONSOLE_VERSION: JSON.stringify(version) },
    plugins: [namedDynamicImports(['yaml', 'pino'])],
    external: ['react-devtools-core', 'bufferutil', 'utf-8-validate'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  replace(fresh, out);
  writeFileSync(stamp, `${version}\n`);
  if (!process.argv.includes('--quiet')) console.error(`built dist/ in ${Date.now() - began} ms`);
}

/**
 * Puts a build where programs are running from the one before: their chunks stay for a day, since a chunk is loaded
 * when it is first needed; the entry is swapped last and whole.
 */
function replace(fresh, out) {
  const day = 24 * 3_600_000;
  const chunks = join(out, 'chunks');
  mkdirSync(chunks, { recursive: true });
  const made = readdirSync(join(fresh, 'chunks'));
  for (const name of made) renameSync(join(fresh, 'chunks', name), join(chunks, name));
  renameSync(join(fresh, 'main.mjs'), join(out, 'main.mjs'));
  rmSync(fresh, { recursive: true, force: true });
  for (const name of readdirSync(chunks).filter((old) => !made.includes(old))) {
    const { mtimeMs } = statSync(join(chunks, name), { throwIfNoEntry: false }) ?? {};
    if (mtimeMs !== undefined && Date.now() - mtimeMs > day) rmSync(join(chunks, name), { force: true });
  }
}

/**
 * With chunks, a CommonJS package that is imported dynamically keeps only its default export. These are given theirs
 * back, by the names the package has when it is loaded.
 */
function namedDynamicImports(packages) {
  const load = createRequire(import.meta.url);
  return {
    name: 'named-dynamic-imports',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[a-z]/ }, ({ path, kind }) =>
        kind === 'dynamic-import' && packages.includes(path) ? { path, namespace: 'named' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'named' }, ({ path }) => {
        const names = Object.keys(load(path)).filter(
          (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default',
        );
        const contents = `import * as all from '${path}';\nexport const { ${names.join(', ')} } = all;\nexport default all.default;`;
        return { contents, resolveDir: root };
      });
    },
  };
}
