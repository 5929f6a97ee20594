import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importTable, type Room } from '../../scripts/import-table.ts';

const root = resolve(import.meta.dirname, '../..');

describe('a file imports only what its room may', () => {
  for (const file of sources()) {
    test(file, () => {
      const room = roomOf(file);
      expect(room, `${file} lies in no room of the import table`).toBeDefined();
      if (room) expect(wrongArrows(file, room)).toEqual([]);
    });
  }
});

test('no source file but the edges touches time, chance, the environment or a process', () => {
  const reach =
    /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\bsetTimeout\(|\bsetInterval\(|\bprocess\.|\bperformance\.now\(/;
  const edges = ['src/adapters/system/', 'src/main.ts'];
  const reaching = sources().filter(
    (file) => !edges.some((edge) => file.startsWith(edge)) && reach.test(withoutText(file)),
  );
  expect(reaching).toEqual([]);
});

test('nothing is exported by default, and no module is mocked', () => {
  const all = [...sources(), ...filesUnder('test').filter((file) => !file.endsWith('imports.test.ts'))];
  expect(
    all.filter((file) => /^export default/m.test(text(file)) || /\bvi\.mock\(/.test(text(file))),
  ).toEqual([]);
});

function wrongArrows(file: string, room: Room): string[] {
  return importsOf(file).filter((target) => !mayImport(file, room, target));
}

function mayImport(file: string, room: Room, target: string): boolean {
  if (!target.startsWith('.')) return room.packages.some((name) => matches(name, target));
  const to = relative(root, resolve(root, file, '..', target));
  const there = roomOf(to);
  return (
    there !== undefined &&
    (there === room || room.rooms.includes(there.name) || room.rooms.includes('*')) &&
    to !== 'src/main.ts'
  );
}

function matches(name: string, target: string): boolean {
  return name.endsWith('*')
    ? target.startsWith(name.slice(0, -1))
    : target === name || target.startsWith(`${name}/`);
}

function roomOf(file: string): Room | undefined {
  return importTable.find((room) =>
    room.paths.some((path) => (path.endsWith('/') ? file.startsWith(path) : file === path)),
  );
}

/** What a file imports, types and dynamic imports included. */
function importsOf(file: string): string[] {
  const found = text(file).matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function sources(): string[] {
  return ['src', 'components', 'screens'].flatMap(filesUnder).sort();
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name));
}

function text(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The code without its comments and string literals, which may name what the code may not do. */
function withoutText(file: string): string {
  return text(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
    .replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''");
}
