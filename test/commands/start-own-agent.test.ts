import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { mayStartAgent, startOwnAgent } from '../../src/commands/start-own-agent.ts';
import { createClient } from '../../src/console/client.ts';
import { consoleContext, placeIn } from '../driver/own-agent.ts';

const context = consoleContext();
const { processes, http } = context;
const by = { user: 'ann', from: null, tty: null, console: null };
const dir = mkdtempSync(join(tmpdir(), 'gc-own-'));
const started: number[] = [];

afterAll(() => {
  for (const pid of started) processes.signal(pid, 'SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** What a console process was told; it has ended by then. */
async function consoleIn(place: string): Promise<string | null> {
  const program = resolve(import.meta.dirname, '../driver/own-agent.ts');
  const { stdout, stderr } = await processes.run(
    { path: process.execPath, argv: [program, place] },
    { timeoutMs: 30_000, maxBytes: 100_000 },
  );
  const text = new TextDecoder().decode(stdout);
  if (text === '') throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(text).sentence;
}

describe('a console that finds no agent', () => {
  it('starts one that lives on without it; two at the same time get the same one', async () => {
    const place = join(dir, 'two');
    mkdirSync(place);
    const told = await Promise.all([consoleIn(place), consoleIn(place)]);
    const info = await createClient({ http, socket: join(place, 'agent.sock'), by }).info();
    if (!info.ok) throw new Error(info.failure.message);
    const { pid } = info.value;
    started.push(pid);
    const [sentence, ...others] = told.filter((each) => each !== null);
    expect(others).toEqual([]);
    expect(sentence).toContain(`process ${pid}`);
    expect(sentence).toContain('will not return after a reboot');
    expect(await consoleIn(place)).toBeNull();
    processes.signal(pid, 'SIGTERM');
  });

  it('tells why one that ends at once could not be started', async () => {
    const place = placeIn(join(dir, 'bad'));
    mkdirSync(join(dir, 'bad'));
    const broken = { ...place, flags: [...place.flags, '--group=no-such-group'] };
    await expect(startOwnAgent(context, broken)).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringContaining('no-such-group'),
    });
  });
});

describe('an agent is started for a console', () => {
  const bin = join(dir, 'bin');
  const state = join(dir, 'gravity');
  mkdirSync(bin);
  mkdirSync(state);
  writeFileSync(join(bin, 'gravity'), '#!/bin/sh\n');
  chmodSync(join(bin, 'gravity'), 0o755);
  const files = (stateDir: string) => ({
    ...systemFiles(),
    readText: async () => JSON.stringify({ stateDir }),
  });
  const env = (PATH: string) => ({
    get: (name: string) => (name === 'PATH' ? PATH : undefined),
    all: () => ({}),
  });
  const as = (uid: number) => ({ ...processes, self: { ...processes.self, uid } });
  const rows = [
    { title: 'for root on a node of a cluster', uid: 0, path: bin, stateDir: state, may: true },
    { title: 'not for another user', uid: 1000, path: bin, stateDir: state, may: false },
    { title: 'not where there is no gravity', uid: 0, path: '/nowhere', stateDir: state, may: false },
    { title: 'not where gravity has no state', uid: 0, path: bin, stateDir: join(dir, 'none'), may: false },
  ];
  for (const { title, uid, path, stateDir, may } of rows)
    it(title, async () => {
      const here = { ...context, processes: as(uid), env: env(path), files: files(stateDir) };
      expect(await mayStartAgent(here)).toBe(may);
    });
});
