import { expect, test } from 'vitest';
import { gravityError } from '../../../src/adapters/gravity/gravity-error.ts';
import { readHistoryText } from '../../../src/adapters/gravity/history-text.ts';
import { readPlan } from '../../../src/adapters/gravity/plan.ts';
import { readPlanJson } from '../../../src/adapters/gravity/plan-json.ts';
import { readAnswer } from '../../../src/adapters/gravity/read-answer.ts';
import { readStatus } from '../../../src/adapters/gravity/status.ts';
import { readStatusJson } from '../../../src/adapters/gravity/status-json.ts';
import { readHealthFile } from '../../../src/adapters/satellite/health-file.ts';
import type { Finished } from '../../../src/ports.ts';
import type { Plan } from '../../../src/protocol/plan.ts';
import type { Reading } from '../../../src/protocol/problem.ts';
import { recording, recordingText } from '../../recordings.ts';
import { exited } from '../finished.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const hostile = '\x1b[31mx\x1b]0;evil\x07\u202e\u2066y\x9b1m\rz';
const clean = 'xyz';

function planOf(...phases: unknown[]): string {
  return JSON.stringify({ operation_id: 'op', operation_type: 'operation_update', phases });
}

function good(reading: Reading<Plan>): Plan {
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

test('a plan cut off at any byte is refused as cut off', () => {
  const whole = planOf({ id: '/a', phases: [{ id: '/a/b', description: 'é "\\" 100%' }] }, { id: '/c' });
  const bytes = Buffer.from(whole);
  for (let length = 1; length < bytes.length; length += 1) {
    const reading = readPlanJson(bytes.subarray(0, length).toString());
    expect(reading, `${length}`).toMatchObject({ ok: false, problem: { code: 'answer.truncated' } });
  }
});

test('a recorded plan, status or health answer cut off anywhere is refused as cut off', async () => {
  const cuts: [string, number, (bytes: Buffer) => Promise<Reading<unknown>> | Reading<unknown>][] = [
    ['plans/fresh-1m.json', 331, (bytes) => readPlan(bytes, now)],
    ['cli/status-json-upgrade-degraded.stdout', 7, (bytes) => readStatus(bytes, now)],
    ['satellite/etcd-down.body.json', 23, readHealthFile],
  ];
  for (const [path, step, read] of cuts) {
    const bytes = recording(path);
    for (let length = 1; length < bytes.length; length += step) {
      const reading = await read(bytes.subarray(0, length));
      expect(reading, `${path} ${length}`).toMatchObject({
        ok: false,
        problem: { code: 'answer.truncated' },
      });
    }
  }
});

test('a yaml plan cut off anywhere is never a plan', async () => {
  const bytes = recording('plans/failed-3m2w.yaml');
  for (let length = 100; length < bytes.length; length += 29_989) {
    expect((await readPlan(bytes.subarray(0, length), now)).ok).toBe(false);
  }
});

test('a text plan cut off inside a row, or between rows of a group half done, is refused', async () => {
  const text = recordingText('plans/midway-3m2w.txt');
  const inRow = text.slice(0, text.indexOf('\n  ✓ worker-1') + 90);
  const inGroup = text.slice(0, text.indexOf('  * master-2'));
  expect(await readPlan(Buffer.from(inRow), now)).toMatchObject({ problem: { code: 'answer.truncated' } });
  expect(await readPlan(Buffer.from(inGroup), now)).toMatchObject({ problem: { code: 'answer.truncated' } });
});

test('a text or short plan cut off at any byte is refused, but for the ends of its rows', async () => {
  for (const path of ['plans/partly-rolled-back-3m2w.txt', 'plans/failed-3m2w.short']) {
    const bytes = recording(path);
    for (let length = 1; length < bytes.length; length += 13) {
      const reading = await readPlan(bytes.subarray(0, length), now);
      const atEndOfRow = bytes[length - 1] === 10 || bytes[length] === 10;
      if (!atEndOfRow) expect(reading.ok, `${path} ${length}`).toBe(false);
    }
  }
});

test('a status text or a history cut off is refused', () => {
  const status = recording('cli/status-text-upgrade-degraded.stdout');
  const half = status.subarray(0, status.indexOf('worker-1 /') + 40);
  expect(readStatus(half, now)).toMatchObject({ problem: { code: 'answer.truncated' } });
  const history = recordingText('cli/status-history.stdout');
  expect(readHistoryText(history.slice(0, -30))).toMatchObject({ problem: { code: 'answer.truncated' } });
});

/** A small generator with a seed, so that a failure can be found again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

test('flipped bytes are read or refused, and never throw', async () => {
  const next = numbers(7);
  const paths = [
    'plans/fresh-1m.json',
    'plans/failed-3m2w.txt',
    'plans/failed-3m2w.short',
    'cli/status-history.stdout',
  ];
  for (const path of paths) {
    for (let round = 0; round < 40; round += 1) {
      const bytes = Buffer.from(recording(path));
      for (let flip = 0; flip < 5; flip += 1) bytes[next(bytes.length)] = next(256);
      const reading = await readPlan(bytes, now);
      readStatus(bytes, now);
      readHistoryText(bytes.toString());
      readHealthFile(bytes);
      if (!reading.ok) expect(reading.problem.sentence).toMatch(/^[^\n\x1b]{5,500}$/);
    }
  }
});

const refused: [string, string, string, RegExp][] = [
  ['nothing', '', 'answer.empty', /empty/],
  ['blanks', ' \n', 'answer.empty', /empty/],
  ['a word', 'hello', 'answer.wrong-shape', /not a plan/],
  ['a page', '<html>', 'answer.wrong-shape', /not a plan/],
  ['an error', '\x1b[31m[ERROR]: no operation found\n\x1b[0m', 'gravity.error', /no operation found/],
  ['a list', '[]', 'answer.wrong-shape', /not an object/],
  ['a status', '{"cluster":{}}', 'plan.no-phases', /no phases/],
  ['a plan without phases', planOf(), 'plan.no-phases', /no phases/],
  ['phases that are a word', '{"phases":"x"}', 'answer.wrong-shape', /not a list/],
  ['a phase that is a number', planOf(7), 'answer.wrong-shape', /no id/],
  ['a phase without an id', planOf({ id: '/a' }, { description: 'x' }), 'answer.wrong-shape', /no id/],
  ['an id that is a list', planOf({ id: ['/a'] }), 'answer.wrong-shape', /no id/],
  [
    'an id twice',
    planOf({ id: '/a', phases: [{ id: '/a' }] }),
    'answer.wrong-shape',
    /\/a is in the plan twice/,
  ],
  ['an unknown state', planOf({ id: '/a', state: 'paused' }), 'answer.wrong-shape', /\/a .* paused/],
  [
    'requires that are a word',
    planOf({ id: '/a', requires: '/b' }),
    'answer.wrong-shape',
    /\/a has requires/,
  ],
  ['sub-phases that are an object', planOf({ id: '/a', phases: {} }), 'answer.wrong-shape', /\/a has phases/],
  [
    'a table without rows',
    'Phase     State     Updated\n-----     -----     -------\n',
    'plan.no-phases',
    /no phases/,
  ],
  ['yaml that is none', 'phases: [\noperationid: {', 'answer.truncated', /cut off/],
];

for (const [name, text, code, sentence] of refused) {
  test(`${name} instead of a plan is ${code}`, async () => {
    const reading = await readPlan(Buffer.from(text), now);
    expect(reading).toMatchObject({ ok: false, problem: { code } });
    if (!reading.ok) expect(reading.problem.sentence).toMatch(sentence);
  });
}

test('a row of a megabyte is refused without going back and forth', async () => {
  for (const piece of ['a ', '  ', 'Failed ', 'Failed  x  ']) {
    const text = `Phase     Description     State     Node     Requires     Updated\n* a ${piece.repeat(500_000)}!\n`;
    expect((await readPlan(Buffer.from(text), now)).ok).toBe(false);
  }
});

test('a thousand groups in each other, in JSON or through an alias of YAML to itself, are refused', async () => {
  let phase: unknown = { id: '/deepest' };
  for (let depth = 0; depth < 1000; depth += 1) phase = { id: `/${depth}`, phases: [phase] };
  expect(readPlanJson(planOf(phase))).toMatchObject({ problem: { code: 'answer.wrong-shape' } });
  const cyclic = 'operationid: x\nphases: &all\n- id: /a\n  phases: *all\ndnsconfig:\n  port: 53\n';
  expect((await readPlan(Buffer.from(cyclic), now)).ok).toBe(false);
});

test('text of a plan comes out clean, and no secret of it comes out at all', () => {
  const document = JSON.parse(recordingText('plans/fresh-install-1m1w.json'));
  document.cluster_name = hostile;
  document.phases[0].description = hostile;
  document.phases[0].phases[0].state = 'failed';
  document.phases[0].phases[0].error = { error: { message: `${hostile}\n\tmore` } };
  document.phases[0].phases[0].data = { agent: { password: 'secret' }, server: { hostname: hostile } };
  document.servers[0].hostname = hostile;
  const plan = good(readPlanJson(JSON.stringify(document)));
  expect(plan.operation.cluster).toBe(clean);
  expect(plan.servers[0]?.hostname).toBe(clean);
  expect(plan.phases[0]?.description).toBe(clean);
  expect(plan.phases[1]).toMatchObject({ node: clean, error: `${clean}\n more` });
  expect(JSON.stringify(plan)).not.toMatch(/secret|password|license/i);
});

const errors: [string, unknown, string | null][] = [
  ['null', null, null],
  ['a string', 'it broke', 'it broke'],
  ['one error', { error: { message: 'a' } }, 'a'],
  [
    'an error in an error',
    { error: { error: { message: 'deep' }, message: 'wrap' }, message: 'outer' },
    'deep',
  ],
  ['a message of the old kind alone', { message: 'old' }, 'old'],
  ['an empty object', {}, null],
  ['a number', 7, null],
];

for (const [name, error, expected] of errors) {
  test(`a phase’s error that is ${name} reads as ${expected}`, () => {
    expect(good(readPlanJson(planOf({ id: '/a', state: 'failed', error }))).phases[0]?.error).toBe(expected);
  });
}

test('a group’s stored state is ignored, a leaf without executor is a leaf, zero times are none', () => {
  const zero = '0001-01-01T00:00:00Z';
  const text = planOf({
    id: '/registry',
    state: 'failed',
    updated: zero,
    phases: [
      { id: '/registry/a', executor: '', state: 'completed', updated: '2026-11-22T10:00:00.5Z' },
      { id: '/registry/b', executor: '', updated: zero, num_parallel: 3 },
    ],
  });
  const [group, done, next] = good(readPlanJson(text)).phases;
  expect(group).toMatchObject({
    leaf: false,
    kind: 'group',
    state: 'in_progress',
    updated: '2026-11-22T10:00:00.5Z',
  });
  expect(done).toMatchObject({ leaf: true, kind: 'registry', parent: '/registry' });
  expect(next).toMatchObject({ state: 'unstarted', updated: null, parallel: true });
});

/** What Go's Printf makes of a document without arguments: the observed rule, written the other way round. */
function printf(text: string): string {
  return text.replace(/%[ #0+-]*\d*(?:\.\d*)?(.|$)/gsu, (_, verb: string) => {
    if (verb === '%') return '%';
    return verb === '' ? '%!(NOVERB)' : `%!${verb}(MISSING)`;
  });
}

const percents: [string, string, string][] = [
  ['a word', 'disk 100% full', 'disk 100% full'],
  ['a directive', 'bad verb %d', 'bad verb %d'],
  ['a comma', '40%, then', '40%, then'],
  ['the end of the text', 'at 40%', 'at 40%'],
  ['a quote', 'at "40%"', 'at "40%"'],
  ['a newline', 'at 40%\nmore', 'at 40%\nmore'],
];

for (const [name, error, expected] of percents) {
  test(`a percent sign before ${name} is read although Printf mangled it once or twice`, () => {
    const once = readPlanJson(printf(planOf({ id: '/a', state: 'failed', error })));
    expect(once).toMatchObject({ ok: true, remarks: ['text-mangled'] });
    expect(good(once).phases[0]?.error).toBe(expected);
    const twice = printf(planOf({ id: '/a', state: 'failed', error: printf(error) }));
    expect(good(readPlanJson(twice)).phases[0]?.error).toBe(expected);
  });
}

test('percent signs in the text of a plan move no column and lose no row', async () => {
  const table = `Phase     Description     State         Node     Requires     Updated
-----     -----------     -----         ----     --------     -------
× a       to 100%         Failed        -        -            Sun Nov 22 10:02 UTC
  × b     %d of %s %      Failed        1.1.1.1  -            Sun Nov 22 10:02 UTC
  * c     日本 50% left   Unstarted     -        /a/b         -
The /a/b phase ("%d of %s %") has failed
\tat 40%
\tand 50%, too
`;
  const reading = await readPlan(Buffer.from(printf(table)), now);
  expect(good(reading).phases.map(({ id, state }) => `${id} ${state}`)).toEqual([
    '/a failed',
    '/a/b failed',
    '/a/c unstarted',
  ]);
  expect(good(reading).phases[1]?.error).toBe('at 40%\nand 50%, too');
});

test('a yaml plan that Printf mangled is read', async () => {
  const yaml =
    'operationid: op\nphases:\n- id: /a\n  description: at 40%\n  state: failed\ndnsconfig:\n  port: 53\n';
  const reading = await readPlan(Buffer.from(printf(yaml)), now);
  expect(reading).toMatchObject({ ok: true, remarks: ['text-mangled'] });
  expect(good(reading).phases[0]).toMatchObject({ description: 'at 40%', state: 'failed' });
});

test('the recorded mangled plan says what the error said', () => {
  const reading = readPlanJson(recordingText('cli/plan-json-percent.stdout'));
  const errorsOf = good(reading).phases.flatMap(({ error }) => error ?? []);
  expect(errorsOf).toEqual(['disk 100% full, 40% loss %d %s']);
});

test('a plan with gravity’s complaint behind it, as 2>&1 saves it, is read', () => {
  const text = `${planOf({ id: '/a' })}\x1b[31m[ERROR]: degraded\n\x1b[0m`;
  expect(readPlanJson(text).ok).toBe(true);
  expect(readPlanJson(`${planOf({ id: '/a' })} and more`)).toMatchObject({
    problem: { code: 'answer.not-json' },
  });
});

const panic = 'panic: getwd: no such file or directory\n\ngoroutine 1 [running]:\nmain.main()\n';
const runs: [string, Partial<Finished>, string][] = [
  ['hangs', { outcome: 'timed-out', exitCode: null }, 'binary.hangs'],
  ['is missing', { outcome: 'missing', exitCode: null, detail: 'spawn ENOENT' }, 'binary.missing'],
  ['is not executable', { outcome: 'not-executable', exitCode: null }, 'binary.not-executable'],
  ['is killed', { outcome: 'signalled', exitCode: null, signal: 'SIGKILL' }, 'binary.killed'],
  ['is killed behind a shell', { exitCode: 137 }, 'binary.killed'],
  ['floods', { outcome: 'overflowed', exitCode: null }, 'answer.too-large'],
  ['cannot be started', { outcome: 'failed', exitCode: null, detail: 'EAGAIN\x1b[31m' }, 'gravity.error'],
  ['panics', { exitCode: 2, stderr: Buffer.from(panic) }, 'binary.panicked'],
  ['fails without a word', { exitCode: 255 }, 'gravity.error'],
  ['ends well without a word', { exitCode: 0 }, 'answer.empty'],
  [
    'waits for a lock',
    { exitCode: 255, stderr: Buffer.from('[ERROR]: local database is locked, is another instance running?') },
    'gravity.locked',
  ],
];

for (const [name, finished, code] of runs) {
  test(`a gravity that ${name} is ${code}`, () => {
    const reading = readAnswer({ ...exited(0, ''), ...finished }, 'gravity plan', readPlanJson);
    expect(reading).toMatchObject({
      ok: false,
      problem: { code, sentence: expect.stringMatching(/^gravity plan[^\x1b\n]+$/) },
    });
  });
}

test('exit 255 with a whole status is an answer; with half of one, gravity’s error is', () => {
  const stdout = recording('cli/status-json-upgrade-degraded.stdout');
  const stderr = '\x1b[31m[ERROR]: degraded\n\x1b[0m';
  expect(readAnswer(exited(255, stdout, stderr), 'gravity status', readStatusJson).ok).toBe(true);
  const half = readAnswer(exited(255, stdout.subarray(0, 99), stderr), 'gravity status', readStatusJson);
  expect(half).toMatchObject({
    ok: false,
    problem: { code: 'gravity.error', sentence: 'gravity status: degraded' },
  });
});

test('a nested remote error gives its own last word', () => {
  const error = gravityError(recordingText('story/10-resume-block-fails.stderr'));
  expect(error.sentence).toBe('failed to execute phase "/bootstrap"');
  expect(error.remote).toBe('failed to pull package gravitational.io/planet:7.0.56-11709');
  expect(error.cause.at(-1)).toBe('exit status 255');
  expect(gravityError('').sentence).toBe('gravity failed and printed no error');
  expect(gravityError('{"message":"raw"}').sentence).toBe('raw');
  expect(gravityError('x'.repeat(9999)).sentence.length).toBeLessThanOrEqual(400);
});
