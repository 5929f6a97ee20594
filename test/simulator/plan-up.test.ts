import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Command, Started } from '../../src/ports.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';

const program = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');
const processes = systemProcesses(systemClock());
const limits = { timeoutMs: 20_000, maxBytes: 5_000_000 };

let dir: string;
let running: Started | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'operations-'));
  running = undefined;
});
afterEach(async () => {
  running?.kill('SIGTERM');
  await running?.exited;
  rmSync(dir, { recursive: true, force: true });
});

describe('simulate up begins in the middle of an operation, and gravity says which', () => {
  test.each(Object.keys(OPERATIONS))('%s', async (name) => {
    const gravity = await up(name);
    const plan = await printed({ path: gravity, argv: ['plan', '--output=json'], cwd: '/' });
    const status = JSON.parse((await printed(statusOf(gravity))).out);
    const [active] = status.cluster.active_operations;
    if (name === 'shrink') {
      expect(plan.code).toBe(255);
      expect(plan.err).toContain('cannot display plan for "shrink" operation as it does not support plans');
    } else {
      expect(plan.code).toBe(0);
      expect(JSON.parse(plan.out)).toMatchObject({ operation_id: active.id, operation_type: active.type });
    }
  });
});

const refusals = [
  { words: ['--operation=nosuch'], says: 'there is no operation "nosuch". Next: choose one of update' },
  {
    words: ['--operation=shrink', '--masters=1', '--workers=0'],
    says: '--operation shrink needs a cluster of 2 nodes',
  },
];

test.each(refusals)('simulate up refuses $words with a sentence', async ({ words, says }) => {
  const { code, err } = await printed(command(['up', ...words, `--dir=${dir}`]));
  expect(code).toBe(2);
  expect(err).toContain(says);
});

function statusOf(gravity: string): Command {
  return { path: gravity, argv: ['status', '--output=json'], cwd: '/' };
}

function command(words: readonly string[]): Command {
  return { path: process.execPath, argv: [program, 'simulate', ...words], cwd: '/' };
}

async function printed(asked: Command): Promise<{ code: number | null; out: string; err: string }> {
  const { exitCode, stdout, stderr } = await processes.run(asked, limits);
  return { code: exitCode, out: text(stdout), err: text(stderr) };
}

async function up(operation: string): Promise<string> {
  const words = ['up', `--operation=${operation}`, '--scenario=quiet', `--dir=${dir}`];
  const started = processes.start(command(words));
  running = started;
  const line = await new Promise<string>((done, fail) => {
    let out = '';
    started.onStdout((chunk) => {
      out += text(chunk);
      if (out.includes('\n')) done(out);
    });
    void started.exited.then(() => fail(new Error(`${operation} ended before it was ready`)));
  });
  return JSON.parse(line).gravity;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
