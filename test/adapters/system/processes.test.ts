import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../../src/adapters/system/processes.ts';
import type { Finished } from '../../../src/ports.ts';

const processes = systemProcesses(systemClock());
const folder = mkdtempSync(join(tmpdir(), 'gc-processes-'));
const limits = { timeoutMs: 20_000, maxBytes: 100_000 };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function file(name: string, content: string, mode: number): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode });
  return path;
}

const shell = (script: string) => ({ path: '/bin/sh', argv: ['-c', script], cwd: '/' });

describe('a program run to its end', () => {
  it('gives both streams, its exit code and the time it took', async () => {
    const ended = await processes.run(shell('echo out; echo err >&2; exit 255'), limits);
    expect(ended).toMatchObject({ outcome: 'exited', exitCode: 255, signal: null, detail: null });
    expect([text(ended.stdout), text(ended.stderr)]).toEqual(['out\n', 'err\n']);
    expect(ended.durationMs).toBeGreaterThan(0);
  });

  it('gets its arguments as they are, through no shell', async () => {
    const ended = await processes.run({ path: '/bin/echo', argv: ['$HOME', '; rm -rf /', '*'] }, limits);
    expect(text(ended.stdout)).toBe('$HOME ; rm -rf / *\n');
  });

  it('tells the CPU it and its children used', async () => {
    const ended = await processes.run(shell('i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'), limits);
    expect(ended.cpuMs).toBeGreaterThan(0);
  });

  const failures: { title: string; path: string; outcome: Finished['outcome']; detail: RegExp }[] = [
    { title: 'that is not there', path: '/nowhere/gravity', outcome: 'missing', detail: /ENOENT/ },
    {
      title: 'without the executable bit',
      path: file('plain', '#!/bin/sh\n', 0o644),
      outcome: 'not-executable',
      detail: /EACCES/,
    },
    { title: 'that is a directory', path: folder, outcome: 'not-executable', detail: /EACCES/ },
    {
      title: 'whose interpreter is missing',
      path: file('lost', '#!/nowhere/sh\n', 0o755),
      outcome: 'not-executable',
      detail: /interpreter/,
    },
    {
      title: 'that is no program',
      path: file('html', '<html>404</html>', 0o755),
      outcome: 'not-executable',
      detail: /neither/,
    },
  ];
  for (const { title, path, outcome, detail } of failures)
    it(`${title} ends as ${outcome}, with the system's words`, async () => {
      const ended = await processes.run({ path, argv: [] }, limits);
      expect(ended).toMatchObject({ outcome, exitCode: null, detail: expect.stringMatching(detail) });
      expect(await processes.start({ path, argv: [] }).exited).toMatchObject({ outcome });
    });

  it('in a working directory that does not exist says so', async () => {
    const ended = await processes.run({ path: '/bin/true', argv: [], cwd: '/nowhere' }, limits);
    expect(ended).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('/nowhere') });
  });

  it('is killed with its children when it hangs', async () => {
    const script = 'sleep 600 & echo $!; wait';
    const ended = await processes.run(shell(script), { ...limits, timeoutMs: 300 });
    expect(ended.outcome).toBe('timed-out');
    // The last of the group lets go of the pipe a moment before it is gone, and nobody tells us of a grandchild's end.
    const grandchild = Number(text(ended.stdout));
    while (processes.birth(grandchild) !== null) await new Promise((resolve) => setImmediate(resolve));
  });

  it('that ignores the polite signal is killed for good', async () => {
    const ended = await processes.run(shell("trap '' TERM; while :; do sleep 0.05; done"), {
      ...limits,
      timeoutMs: 200,
    });
    expect(ended).toMatchObject({ outcome: 'timed-out', signal: 'SIGKILL' });
  });

  it('that prints too much is stopped and what fits is kept', async () => {
    const ended = await processes.run(shell('yes'), { ...limits, maxBytes: 1_000 });
    expect(ended.outcome).toBe('overflowed');
    expect(ended.stdout.length).toBe(1_000);
  });

  it('ends although a child it left behind still holds its output', async () => {
    const ended = await processes.run(shell('sleep 60 & echo $!'), limits);
    expect(ended).toMatchObject({ outcome: 'exited', exitCode: 0 });
    expect(processes.signal(Number(text(ended.stdout)), 'SIGKILL')).toBe(true);
  });

  it('killed by somebody else is told as signalled', async () => {
    expect(await processes.run(shell('kill -9 $$'), limits)).toMatchObject({
      outcome: 'signalled',
      signal: 'SIGKILL',
    });
  });
});

describe('a started program', () => {
  it('is written to, read from and signalled', async () => {
    const started = processes.start({ path: '/bin/cat', argv: [] });
    const heard = new Promise<string>((resolve) => started.onStdout((chunk) => resolve(text(chunk))));
    started.writeStdin('hello');
    expect(await heard).toBe('hello');
    expect(processes.birth(started.pid)).not.toBeNull();
    started.kill('SIGTERM');
    expect(await started.exited).toMatchObject({ outcome: 'signalled', signal: 'SIGTERM' });
    expect(processes.birth(started.pid)).toBeNull();
  });

  it('detached has a session of its own and writes into its files', async () => {
    const [stdout, stderr] = [join(folder, 'out'), join(folder, 'err')];
    const fifo = join(folder, 'done');
    await processes.run({ path: 'mkfifo', argv: [fifo] }, limits);
    const script = `ps -o sid= -p $$ | tr -d ' '; echo $$; echo bad >&2; echo > ${fifo}`;
    const started = await processes.startDetached(shell(script), { stdout, stderr });
    if ('failed' in started) throw new Error(started.failed);
    await processes.run({ path: '/bin/cat', argv: [fifo] }, limits);
    expect(readFileSync(stdout, 'utf8')).toBe(`${started.pid}\n${started.pid}\n`);
    expect(readFileSync(stderr, 'utf8')).toBe('bad\n');
  });

  it('detached that is not there fails with a sentence', async () => {
    const to = { stdout: join(folder, 'none'), stderr: join(folder, 'none') };
    expect(await processes.startDetached({ path: '/nowhere/x', argv: [] }, to)).toMatchObject({
      failed: expect.stringContaining('ENOENT'),
    });
  });
});

describe('a pid', () => {
  it('has one birth for its life', () => {
    expect(processes.birth(process.pid)).toBe(processes.birth(process.pid));
    expect(processes.birth(process.pid)).not.toBe(processes.birth(1));
  });

  for (const pid of [0, 1, -1, 2 ** 30, Number.NaN])
    it(`${pid} is never signalled`, () => {
      expect(processes.signal(pid, 'SIGTERM', true)).toBe(false);
    });
});
