/** A room of the house: where it lies, which other rooms it may look into, which packages it may use. */
export type Room = { name: string; paths: string[]; rooms: string[]; packages: string[] };

const schema = ['valibot', '@valibot/to-json-schema'];

/**
 * Who may import whom. ARCHITECTURE.md shows this table and test/project/imports.test.ts holds the code to it.
 * A path that ends in a slash is a folder. The first row that fits a file is its room.
 */
export const importTable: readonly Room[] = [
  { name: 'protocol', paths: ['src/protocol/'], rooms: [], packages: schema },
  { name: 'ports', paths: ['src/ports.ts'], rooms: [], packages: [] },
  { name: 'theme', paths: ['src/theme/'], rooms: [], packages: [] },
  { name: 'components', paths: ['components/'], rooms: ['theme'], packages: ['ink', 'react'] },
  { name: 'model', paths: ['src/model/'], rooms: ['protocol'], packages: [] },
  { name: 'actions', paths: ['src/actions/'], rooms: ['protocol', 'model'], packages: schema },
  {
    name: 'reading adapters',
    paths: [
      'src/adapters/gravity/',
      'src/adapters/satellite/',
      'src/adapters/host/',
      'src/adapters/kubernetes/',
    ],
    rooms: ['ports', 'protocol'],
    packages: [...schema, 'yaml'],
  },
  {
    name: 'system adapters',
    paths: ['src/adapters/system/'],
    rooms: ['ports'],
    packages: ['node:*', 'got', 'ws', 'pino', '@peculiar/x509', 'reflect-metadata'],
  },
  {
    name: 'agent',
    paths: ['src/agent/'],
    rooms: ['ports', 'protocol', 'model', 'actions', 'reading adapters'],
    packages: schema,
  },
  { name: 'simulator', paths: ['src/simulator/'], rooms: ['ports'], packages: [] },
  {
    name: 'console',
    paths: ['src/console/'],
    rooms: ['ports', 'protocol', 'model', 'actions', 'theme'],
    packages: ['zustand', 'fuzzysort', 'string-width', ...schema],
  },
  {
    name: 'screens',
    paths: ['screens/'],
    rooms: ['components', 'console', 'theme', 'actions', 'model', 'protocol'],
    packages: ['ink', 'react', 'zustand'],
  },
  { name: 'commands', paths: ['src/commands/'], rooms: ['*'], packages: ['yargs', 'yaml'] },
  { name: 'main', paths: ['src/main.ts'], rooms: ['*'], packages: ['node:*'] },
];
