import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { recording } from '../recordings.ts';

const bin = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');
const folder = mkdtempSync(join(tmpdir(), 'gc-pipes-'));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Longer than what a pipe holds, in either form. */
const long = 'plans/fresh-3m60w.json';

/** Runs a line of a shell, where `gravity-console` is the program, to its end. */
async function shell(line: string, stdin: Uint8Array = new Uint8Array()) {
  const script = `gravity-console() { ${process.execPath} ${bin} "$@"; }; ${line}`;
  const child = spawn('bash', ['-c', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const [code] = await once(child, 'close');
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

describe('through a pipe an output is whole', () => {
  test('however slowly it is read, and the exit code is the one of the command', async () => {
    const line = 'gravity-console plan --file - -o json | (sleep 0.3; cat); exit $PIPESTATUS';
    const { code, out } = await shell(line, recording(long));
    expect(code).toBe(0);
    expect(JSON.parse(out).phases).toHaveLength(JSON.parse(out).counts.leaves + groups(out));
    expect(out.length).toBeGreaterThan(65_536);
  });

  test('as text it is the same bytes as in a file', async () => {
    const file = join(folder, 'plan.txt');
    const toFile = await shell(`gravity-console plan --file - > ${file}; cat ${file}`, recording(long));
    const toPipe = await shell('gravity-console plan --file - | cat', recording(long));
    expect(toPipe.out.length).toBeGreaterThan(65_536);
    expect(toPipe.out).toBe(toFile.out);
  });

  test('the code of what is degraded stays 3', async () => {
    const line = 'gravity-console status --file - -o json | cat > /dev/null; exit $PIPESTATUS';
    expect((await shell(line, recording('cli/status-json-upgrade-degraded.stdout'))).code).toBe(3);
  });
});

describe('a reader that closes early', () => {
  test('ends the command quietly, with the code it would have had', async () => {
    const line = 'gravity-console plan --file - -o json | head -1; exit $PIPESTATUS';
    expect(await shell(line, recording(long))).toEqual({ code: 0, out: '{\n', err: '' });
  });

  test('ends --watch with the next thing that would be printed', async () => {
    const address = `unix:${folder}/agent.sock`;
    const flags = [`--listen=${address}`, `--state-dir=${folder}/state`, '--units=none', '--kind=rehearsal'];
    await firstChunk(
      program('agent', ...flags, '--gravity=/nowhere/gravity', '--health=https://127.0.0.1:1'),
    );
    const watching = program('journal', '--watch', '-o', 'json', '--agent', address);
    await firstChunk(watching);
    watching.stdout?.destroy();
    const ended = once(watching, 'close');
    const news = `gravity-console do wheel.take --yes --agent ${address}`;
    expect(await shell(news)).toMatchObject({ code: 0 });
    expect(await ended).toEqual([0, null]);
  });
});

function program(...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(child);
  return child;
}

async function firstChunk({ stdout }: ChildProcess): Promise<void> {
  if (stdout !== null) await once(stdout, 'data');
}

function groups(json: string): number {
  return JSON.parse(json).phases.filter((phase: { leaf: boolean }) => !phase.leaf).length;
}
