import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Command, Started } from '../../src/ports.ts';

const program = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');
const processes = systemProcesses(systemClock());

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'simulate-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('simulate up', () => {
  test('says in one line where its doors are, is changed while it runs, and leaves no door behind', async () => {
    const { started, ready } = await up('--scenario=quiet');
    const shown = await processes.run({ path: ready.gravity, argv: ['plan', '--short'], cwd: '/' }, limits);
    expect(text(shown.stdout)).toContain('* init');
    expect(await simulate('disk', 'worker-1', '85')).toMatchObject({
      code: 0,
      out: 'the disk of worker-1 is 85% full\n',
    });
    expect((await simulate('fix')).out).toContain('fix worker-1: its disk is 85% full');
    expect(await simulate('clock', 'master-2', '-5')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/-5 s off/),
    });
    expect((await simulate('fix', 'drain')).err).toMatch(/name one of .*\/drain/);
    const refused = await simulate('fix', '/no/such');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('there is no phase "/no/such" in the plan');
    started.kill('SIGTERM');
    expect(await started.exited).toMatchObject({ exitCode: 0 });
    const gone = await simulate('fix', 'worker-1');
    expect(gone.code).toBe(2);
    expect(gone.err).toContain(`no simulated cluster answers in ${dir}`);
  });

  test('opens its doors again where a killed one left its own', async () => {
    const first = await up('--scenario=quiet');
    first.started.kill('SIGKILL');
    await first.started.exited;
    const second = await up('--scenario=quiet');
    const shown = await processes.run({ path: second.ready.gravity, argv: ['plan'], cwd: '/' }, limits);
    expect(shown.exitCode).toBe(0);
    second.started.kill('SIGTERM');
    await second.started.exited;
  });

  const wrong = [
    { words: ['up', '--masters=0'], says: '--masters 0 does not fit' },
    { words: ['up', '--scenario=nosuch'], says: 'there is no scenario "nosuch"' },
    { words: ['up', '--plan=/dev/null'], says: '/dev/null is not JSON' },
    { words: ['up', '--plan=/no/such/plan'], says: 'there is no file /no/such/plan' },
    { words: ['up', '--node=nosuch'], says: 'there is no node "nosuch" in the plan' },
    { words: ['script'], says: 'simulate script needs --plan FILE and --script FILE' },
    { words: [], says: 'simulate needs a word that says what to do' },
  ];
  test.each(wrong)('refuses $words with a sentence and exit 2', async ({ words, says }) => {
    const { code, err } = await simulate(...words);
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err).not.toContain('    at ');
  });
});

test('simulate script writes what each command of a recorded script did', async () => {
  const recorded = resolve(import.meta.dirname, '../recordings/engine');
  const out = join(dir, 'out.json');
  const { code } = await simulate(
    'script',
    `--plan=${recorded}/04-rollback.plan.json`,
    `--script=${recorded}/04-rollback.script`,
    `--json=${out}`,
  );
  expect(code).toBe(0);
  const answers = JSON.parse(readFileSync(out, 'utf8'));
  const theirs = JSON.parse(readFileSync(`${recorded}/04-rollback.json`, 'utf8'));
  expect(answers.map(codes)).toEqual(theirs.map(codes));
});

const limits = { timeoutMs: 20_000, maxBytes: 5_000_000 };

function codes({ command, exit_code }: { command: string; exit_code: number }) {
  return { command, exit_code };
}

function command(words: readonly string[]): Command {
  return { path: process.execPath, argv: [program, 'simulate', ...words, `--dir=${dir}`], cwd: '/' };
}

async function simulate(...words: string[]) {
  const { exitCode, stdout, stderr } = await processes.run(command(words), limits);
  return { code: exitCode, out: text(stdout), err: text(stderr) };
}

async function up(
  ...words: string[]
): Promise<{ started: Started; ready: { gravity: string; health: string } }> {
  const started = processes.start(command(['up', ...words]));
  const line = await new Promise<string>((done, fail) => {
    let out = '';
    let err = '';
    started.onStderr((chunk) => {
      err += text(chunk);
    });
    started.onStdout((chunk) => {
      out += text(chunk);
      if (out.includes('\n')) done(out);
    });
    void started.exited.then(() => fail(new Error(`it ended before it was ready: ${err}`)));
  });
  return { started, ready: JSON.parse(line) };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
