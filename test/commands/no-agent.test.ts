import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { type Ended, oneShot } from './one-shot.ts';

const folder = mkdtempSync(join(tmpdir(), 'gc-no-agent-'));
mkdirSync(join(folder, 'bin'));
writeFileSync(join(folder, 'bin', 'gravity'), '#!/bin/sh\n', { mode: 0o755 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Here = { code?: string; gravity?: boolean; root?: boolean; words?: string[] };

async function ask({
  code = 'ENOENT',
  gravity = false,
  root = false,
  words = ['status'],
}: Here): Promise<Ended> {
  const real = systemFiles();
  const self = { pid: 1, execPath: '/node', uid: root ? 0 : 1000, argv: [] };
  const refuse = () => {
    throw new Error('nothing is run');
  };
  return oneShot(words, {
    env: { PATH: gravity ? join(folder, 'bin') : '/nowhere' },
    http: { request: async () => ({ ok: false, code, message: `connect ${code}`, durationMs: 0 }) as never },
    ports: {
      processes: new Proxy(
        { self },
        { get: (known, name) => (name === 'self' ? known.self : refuse) },
      ) as never,
      files: {
        ...real,
        stat: async (path) => (path === '/var/lib/gravity' && !gravity ? null : real.stat(path)),
      },
    },
  });
}

describe('without an agent one sentence says why, once, and what this user can do about it', () => {
  const rows: [string, Here, RegExp, RegExp][] = [
    ['no gravity here', {}, /this is no node of a Gravity cluster/, /run it on a master.*demo/],
    ['gravity, and not root', { gravity: true }, /only root can start one/, /as root: gravity-console agent/],
    [
      'gravity, and root',
      { gravity: true, root: true },
      /^no agent runs here\. /,
      /start one: gravity-console agent/,
    ],
    ['a socket without permission', { code: 'EACCES' }, /may not use its sockets/, /sudo.*group/],
    [
      'a dead socket',
      { code: 'ECONNREFUSED', gravity: true, root: true },
      /no agent runs here/,
      /gravity-console agent/,
    ],
    ['a silent agent', { code: 'timeout', gravity: true }, /accepts and does not answer/, /agent\.log/],
    [
      'a named socket',
      { words: ['status', '--agent', 'unix:/nowhere/a.sock'] },
      /^no agent answers on \/nowhere\/a\.sock: there is no such socket\. /,
      /gravity-console agent/,
    ],
  ];
  for (const [what, here, sentence, next] of rows) {
    for (const words of [here.words ?? ['status'], ...(here.words ? [] : [[] as string[], ['journal']])]) {
      test(`${what}: gravity-console ${words.join(' ')}`, async () => {
        const { code, out, err } = await ask({ ...here, words });
        expect({ code, out }).toEqual({ code: 5, out: '' });
        expect(err).toMatch(sentence);
        expect(err.slice(err.indexOf('Next: '))).toMatch(next);
        expect(err.match(/(?:no|an) agent (?:runs|answers)/g)).toHaveLength(1);
        expect(err).not.toMatch(/E[A-Z]{4,}/);
      });
    }
  }
});
