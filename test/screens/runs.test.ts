import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { update } from '../../src/console/update/update.ts';
import type { Run } from '../../src/protocol/run.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const plan = recordedPlan('failed-3m2w');
const iso = (ago: number) => new Date(now - ago).toISOString();
const output = { run: 'run-1', lines: ['Executing "/init"'], skipped: 0, problem: null };

function shown(runs: Run[], ui = uiOn('runs')): string {
  return textOf(frameRows(sceneOf(clusterOf(plan, { runs }), { output }), ui)).join('\n');
}

test('a run says who started it, when, how long it took and why', () => {
  const by = { user: 'anna', from: 'master-3', tty: null, console: 'console-there' };
  const said = shown([
    aRun({ by, reason: 'window 12', state: 'done', exitCode: 0, finishedAt: iso(20_000) }),
  ]);
  expect(said).toContain('done   by anna@master-3   began 10:02:00Z   ended 10:02:40Z   took 40s');
  expect(shown([aRun({ by, reason: 'window 12' })])).toContain('for 1m00s   because: window 12');
});

test('a long result is wrapped under its command instead of being cut', () => {
  const sentence = `the pod could not be evicted because ${'its budget allows no disruption '.repeat(3)}now`;
  const said = shown([aRun({ state: 'failed', exitCode: 255, finishedAt: iso(1000), sentence })]);
  expect(said.replaceAll(/\s+/g, ' ')).toContain(sentence);
});

describe('a queued run', () => {
  const queued = { state: 'queued' as const, startedAt: null };
  const runs = [aRun({ id: 'c', ...queued }), aRun({ id: 'b', ...queued }), aRun({ id: 'a' })];
  test('tells how many are before it', () => {
    expect(shown(runs)).toMatch(/queued #3/);
    expect(shown(runs)).toContain('2 runs before it');
    expect(shown(runs.slice(1))).toContain('1 run before it');
  });
  test('that only reads waits for no run', () => {
    const said = shown([aRun({ id: 'c', lane: 'read', ...queued }), aRun({ id: 'a' })]);
    expect(said).toContain('waits for the reading under way');
  });
});

describe('a run of several steps', () => {
  const steps = ['/init', '/checks', '/pre-update', '/bootstrap'].map((phase) => ({
    program: 'gravity' as const,
    path: '/opt/image/gravity',
    argv: ['plan', 'execute', `--phase=${phase}`],
    phase,
  }));
  test('has a checklist of them', () => {
    const said = shown([aRun({ steps, step: 1 })]);
    expect(said).toContain('step 2 of 4');
    expect(said).toMatch(/✓ 1 {2}\/init\n → 2 {2}\/checks\n · 3 {2}\/pre-update/);
  });
  test('that failed shows at which one', () => {
    expect(shown([aRun({ steps, step: 2, state: 'failed' })])).toMatch(/✓ 2 {2}\/checks\n × 3 /);
  });
  test('leaves room to its output, however many they are', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      program: 'gravity' as const,
      path: null,
      argv: [],
      phase: `/nodes/leaf-${index}`,
    }));
    const said = shown([aRun({ steps: many, step: 300 })]);
    expect(said).toContain('→ 301  /nodes/leaf-300');
    expect(said).toContain('Executing "/init"');
    expect(said).toMatch(/and \d+ more/);
  });
});

describe('a run of several leaves', () => {
  const leaves = plan.phases.filter(({ leaf }) => leaf).map(({ id }) => id);
  const drain = leaves.indexOf('/masters/master-2/drain');
  const resume = (part: Partial<Run> = {}) =>
    aRun({
      action: 'operation.resume',
      label: 'Resume',
      operationId: plan.operation.id,
      leaves: leaves.slice(drain - 3),
      steps: [{ program: 'gravity', path: null, argv: ['plan', 'resume', '--block'], phase: null }],
      ...part,
    });

  test('has them for a checklist though one process runs them all, with how many are done', () => {
    const said = shown([resume({ state: 'failed', finishedAt: iso(0), sentence: 'the pod stays' })]);
    expect(said).toContain(`3 of ${leaves.length - drain + 3} leaves done   failed /masters/master-2/drain`);
    expect(said).toMatch(/× +4 {2}\/masters\/master-2\/drain/);
    expect(said).toMatch(/and \d+ more/);
  });

  test('is not claimed by what the agent does itself: arming an autopilot has run no leaf', () => {
    const steps = [{ program: 'agent' as const, path: null, argv: ['autopilot', 'arm'], phase: null }];
    const said = shown([resume({ action: 'autopilot.arm', steps, state: 'done', finishedAt: iso(0) })]);
    expect(said).not.toContain('leaves done');
  });

  test('fits the screen with its output beneath', () => {
    const said = shown([resume()]).split('\n');
    expect(said).toHaveLength(24);
    expect(said.join('\n')).toContain('Executing "/init"');
  });
});

test('output is scrolled to its first line and no further', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  const scene = sceneOf(clusterOf(plan, { runs: [aRun()] }), { output: { ...output, lines } });
  const top = ['enter', ...Array.from({ length: 30 }, () => 'ctrl-u')].reduce(
    (one, key) => update(one, scene, key).ui,
    uiOn('runs'),
  );
  const rows = textOf(frameRows(scene, top)).filter((row) => row.startsWith(' line '));
  expect(rows[0]).toBe(' line 0');
  expect(rows.length).toBeGreaterThan(10);
});
