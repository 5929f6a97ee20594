import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { keep } from '../../src/agent/keeper.ts';
import { readExit, readProgress } from '../../src/agent/run-files.ts';
import type { Files, Terminal } from '../../src/ports.ts';

const clock = systemClock();
const files = systemFiles();
const processes = systemProcesses(clock);

function shell(script: string) {
  return { path: '/bin/sh', argv: ['-c', script], cwd: '/' };
}

function runDirectory(...steps: { path: string; argv: string[]; cwd: string }[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'gc-keeper-'));
  writeFileSync(join(dir, 'steps.json'), JSON.stringify({ steps }));
  return dir;
}

/** Signals a test sends by hand, as the operating system would. */
function handSignals() {
  const listeners = new Map<string, () => void>();
  const signals: Pick<Terminal, 'onSignal'> = {
    onSignal(signal, run) {
      listeners.set(signal, run);
      return () => listeners.delete(signal);
    },
  };
  return { signals, send: (signal: string) => listeners.get(signal)?.() };
}

function keepHere(dir: string, world: Partial<Parameters<typeof keep>[0]> = {}) {
  return keep({ clock, files, processes, signals: handSignals().signals, ...world }, dir);
}

const outputOf = (dir: string) => readFileSync(join(dir, 'output'), 'utf8');

describe('the keeper', () => {
  it('runs the steps in order and keeps what both streams say', async () => {
    const dir = runDirectory(shell('echo one; echo two >&2; sleep 0.05'), shell('echo three'));
    expect(await keepHere(dir)).toMatchObject({ step: 1, exitCode: 0, dropped: 0, interrupted: false });
    expect(outputOf(dir).split('\n').toSorted()).toEqual(['', 'one', 'three', 'two']);
    expect(await readExit(files, dir)).toMatchObject({ step: 1, exitCode: 0 });
    expect(await readProgress(files, dir)).toMatchObject({ keeper: { pid: process.pid }, step: 1 });
  });

  it('stops at the first step that fails', async () => {
    const dir = runDirectory(shell('echo one'), shell('exit 255'), shell('echo three'));
    expect(await keepHere(dir)).toMatchObject({ step: 1, exitCode: 255 });
    expect(outputOf(dir)).toBe('one\n');
  });

  it('says what became of a program that is not there', async () => {
    const dir = runDirectory({ path: '/nowhere/gravity', argv: [], cwd: '/' });
    expect(await keepHere(dir)).toMatchObject({ exitCode: null, detail: expect.stringContaining('ENOENT') });
  });

  it('gives a program no input to wait for', async () => {
    expect(await keepHere(runDirectory(shell('cat; echo end')))).toMatchObject({ exitCode: 0 });
  });

  it('forwards an interruption, runs no further step and says that it was interrupted', async () => {
    const dir = runDirectory(shell('echo up; exec sleep 600'), shell('echo never'));
    const { signals, send } = handSignals();
    const kept = keepHere(dir, { signals, processes: announcing('up', () => send('SIGINT')) });
    expect(await kept).toMatchObject({ step: 0, signal: 'SIGINT', interrupted: true });
    expect(outputOf(dir)).toBe('up\n');
  });

  it('kills for good at the third asking', async () => {
    const dir = runDirectory(shell("trap '' INT TERM; echo up; while :; do sleep 0.05; done"));
    const { signals, send } = handSignals();
    const insist = () => ['SIGINT', 'SIGTERM', 'SIGTERM'].forEach(send);
    const kept = keepHere(dir, { signals, processes: announcing('up', insist) });
    expect(await kept).toMatchObject({ signal: 'SIGKILL', interrupted: true });
  });

  it('lets gravity go on when the disk takes no output, counts it, and tells where it is missing', async () => {
    let full = true;
    const disk: Files = {
      ...files,
      append: async (path, content) => {
        if (full && path.endsWith('output')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        return files.append(path, content);
      },
    };
    const dir = runDirectory(shell('echo lost; sleep 0.2; echo up; sleep 0.1; echo kept'));
    const freed = announcing('up', () => {
      full = false;
    });
    const exit = await keepHere(dir, { files: disk, processes: freed });
    expect(exit).toMatchObject({ exitCode: 0, dropped: 5 });
    expect(outputOf(dir)).toBe('\n[gravity-console: 5 bytes of output are missing here]\nup\nkept\n');
  });

  it('tries to write the exit until the disk takes it', async () => {
    let refused = 0;
    const disk: Files = {
      ...files,
      write: async (path, content) => {
        if (path.endsWith('exit.json') && ++refused < 3) throw new Error('full');
        return files.write(path, content);
      },
    };
    const dir = runDirectory(shell('exit 3'));
    await keepHere(dir, { files: disk, clock: { ...clock, wait: () => Promise.resolve() } });
    expect(refused).toBe(3);
    expect(await readExit(files, dir)).toMatchObject({ exitCode: 3 });
  });

  it('ends when its directory is taken away', async () => {
    const dir = runDirectory(shell(`rm -r "$RUN"`));
    const disk: Files = {
      ...files,
      write: async () => {
        rmSync(dir, { recursive: true, force: true });
        throw new Error('no such directory');
      },
    };
    expect(await keepHere(dir, { files: disk })).toMatchObject({ step: 0 });
  });

  it('keeps at most 20 MB and says how much it left out', async () => {
    const dir = runDirectory(shell('head -c 30000000 /dev/zero'));
    const { dropped } = await keepHere(dir);
    expect(dropped).toBeGreaterThan(9_000_000);
    const told = outputOf(dir).matchAll(/gravity-console: (\d+) bytes of output are missing here/g);
    expect([...told].reduce((sum, [, bytes]) => sum + Number(bytes), 0)).toBe(dropped);
    expect(outputOf(dir).length).toBeLessThan(21_000_000);
  });
});

/** Real processes that call back when one prints a word. */
function announcing(word: string, run: () => void): typeof processes {
  return {
    ...processes,
    start(command) {
      const started = processes.start(command);
      started.onStdout((chunk) => {
        if (String(chunk).includes(word)) run();
      });
      return started;
    },
  };
}
