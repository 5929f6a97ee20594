// Runs a TypeScript program of this project, JSX and all: bundled in memory, packages left where they are.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const [file, ...words] = process.argv.slice(2);
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: [resolve(root, file)],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  packages: 'external',
  sourcemap: 'inline',
  define: { 'process.env.NODE_ENV': '"production"' },
});
const folder = join(root, 'node_modules', '.cache', `run-ts-${process.pid}`);
mkdirSync(folder, { recursive: true });
const program = join(folder, 'program.mjs');
writeFileSync(program, outputFiles[0].contents);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.argv = [process.argv[0], program, ...words];
await import(pathToFileURL(program).href);
