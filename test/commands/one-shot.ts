import { resolve } from 'node:path';
import { systemFiles } from '../../src/adapters/system/files.ts';
import type { Context } from '../../src/commands/context.ts';
import { dispatch } from '../../src/commands/dispatch.ts';
import type { Http, Terminal } from '../../src/ports.ts';

export type Ended = { code: number; out: string; err: string };

export type Surroundings = {
  stdin?: Uint8Array | string;
  env?: Record<string, string>;
  cwd?: string;
  http?: Partial<Http>;
  terminal?: Partial<Terminal>;
  /** Whether standard input is a terminal. */
  typing?: boolean;
  ports?: Partial<Context>;
};

/** The instant these commands run at: years left out by text outputs are assumed from it. */
export const now = Date.parse('2026-11-23T04:00:00Z');

/** Runs one command line with real files and everything else as given; a port not given must not be touched. */
export async function oneShot(words: readonly string[], around: Surroundings = {}): Promise<Ended> {
  const written = { out: '', err: '' };
  const context = contextOf(around, written);
  const code = await dispatch(context, words);
  return { code, ...written };
}

export function contextOf(around: Surroundings, written: { out: string; err: string }): Context {
  const stdin = typeof around.stdin === 'string' ? new TextEncoder().encode(around.stdin) : around.stdin;
  const env = around.env ?? {};
  return {
    version: '0.0.0',
    clock: { now: () => now, monotonic: () => 0, after: () => () => {}, wait: async () => {} },
    random: { next: () => 0.5, uuid: () => '00000000-0000-4000-8000-000000000000' },
    env: { get: (name) => env[name], all: () => env },
    processes: { ...untouched('processes'), self: { pid: 1, execPath: '/node', uid: 1000, argv: [] } },
    http: { ...untouched<Http>('http'), ...around.http },
    server: untouched('server'),
    files: systemFiles(),
    units: untouched('units'),
    interfaces: untouched('interfaces'),
    certificates: untouched('certificates'),
    streams: {
      out: (text) => {
        written.out += text;
      },
      err: (text) => {
        written.err += text;
      },
      flush: async () => {},
      onReaderGone: () => () => {},
      outIsTty: false,
      columns: 80,
      stdin: async () => stdin ?? new Uint8Array(),
      inIsTty: around.typing ?? false,
      joined: () => untouched('standard streams'),
    },
    terminal: { ...untouched<Terminal>('terminal'), isTty: false, ...around.terminal },
    openStore: async () => untouched('store'),
    openLog: () => ({ info: () => {}, warn: () => {}, error: () => {} }),
    ourselves: (argv) => ({ path: '/gravity-console', argv }),
    places: { temporary: '/tmp', home: '/', cwd: around.cwd ?? '/' },
    assets: resolve(import.meta.dirname, '../../assets'),
    ...around.ports,
  };
}

function untouched<T extends object>(port: string): T {
  return new Proxy({} as T, {
    get: (_, name) => () => {
      throw new Error(`${port}.${String(name)} was touched`);
    },
    ownKeys: () => [],
  });
}
