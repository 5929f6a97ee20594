import { describe, expect, test } from 'vitest';
import { fold } from '../../src/model/fold.ts';
import { leavesLeft, runChecklist } from '../../src/model/run-checklist.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import type { Run } from '../../src/protocol/run.ts';
import { aRun, clusterWith, recordedPlan, withStates } from '../actions/a-cluster.ts';

const [b, a, c] = ['/init/master-2', '/init/master-1', '/init/master-3'];
const all = { [a]: 'completed', [b]: 'completed', [c]: 'completed' } as const;
const plan = withStates(recordedPlan('plans/fresh-3m2w.json'), all);
const { id: operation } = plan.operation;
const at = (seconds: number) => new Date(Date.parse('2026-11-22T12:00:00Z') + seconds * 1000).toISOString();

type Move = [phase: string, from: PhaseState, to: PhaseState, seconds: number, by?: string | null];
const moved = ([phase, from, to, seconds, by]: Move): Event => ({
  kind: 'phase.changed',
  seen: at(seconds),
  operation,
  phase,
  from,
  to,
  at: at(seconds),
  error: null,
  ...(by !== undefined && { by }),
});

/** A rollback of three leaves, a command each. */
const rollback = (said: Partial<Run> = {}): Run =>
  aRun({
    action: 'operation.rollback-to',
    operationId: operation,
    startedAt: at(0),
    leaves: [c, b, a],
    steps: [c, b, a].map((phase) => ({
      program: 'gravity' as const,
      path: null,
      argv: ['plan', 'rollback', `--phase=${phase}`],
      phase,
    })),
    ...said,
  });

/** One command for all of them. */
const whole = (argv: string[], said: Partial<Run> = {}): Run =>
  rollback({ steps: [{ program: 'gravity', path: null, argv, phase: null }], ...said });

function told(run: Run, moves: Move[], of: Cluster = clusterWith(plan)) {
  const cluster = [{ kind: 'run.changed', seen: at(0), run } as const, ...moves.map(moved)].reduce(fold, of);
  return runChecklist(cluster, run).map(({ leaf, state, took, sentence }) => [
    leaf,
    state,
    ...(took === null ? [] : [took]),
    ...(sentence === null ? [] : [sentence]),
  ]);
}

const backOf = (leaf: string, began: number, ended: number, by: string | null = 'r1'): Move[] => [
  [leaf, 'completed', 'in_progress', began, by],
  [leaf, 'in_progress', 'rolled_back', ended, by],
];

describe('the checklist of a rollback leaf by leaf', () => {
  test('a run that waits has not begun, whatever was asked', () => {
    expect(told(rollback({ state: 'queued', startedAt: null }), [])).toEqual([
      [c, 'next'],
      [b, 'waits'],
      [a, 'waits'],
    ]);
  });

  test('shows what took how long, what runs and what comes next', () => {
    const moves: Move[] = [...backOf(c, 1, 5), [b, 'completed', 'in_progress', 6, 'r1']];
    expect(told(rollback({ step: 1 }), moves)).toEqual([
      [c, 'done', 4000],
      [b, 'running'],
      [a, 'next'],
    ]);
  });

  test('goes by the run where the plan is a poll behind it', () => {
    expect(told(rollback({ step: 1 }), [])).toEqual([
      [c, 'done'],
      [b, 'running'],
      [a, 'next'],
    ]);
  });

  test('goes by the plan where it is ahead of the run', () => {
    expect(told(rollback({ step: 0 }), backOf(c, 1, 5))).toEqual([
      [c, 'done', 4000],
      [b, 'next'],
      [a, 'waits'],
    ]);
  });

  test('stops at the first failure, with its sentence', () => {
    const failed = rollback({ step: 1, state: 'failed', sentence: 'no agent', finishedAt: at(9) });
    const moves: Move[] = [
      ...backOf(c, 1, 5),
      [b, 'completed', 'in_progress', 6, 'r1'],
      [b, 'in_progress', 'failed', 7, 'r1'],
    ];
    expect(told(failed, moves)).toEqual([
      [c, 'done', 4000],
      [b, 'failed', 'no agent'],
      [a, 'waits'],
    ]);
  });

  test('says where an interrupted or lost run stood and what the plan says of it', () => {
    const lost = rollback({ step: 1, state: 'lost', sentence: 'its keeper vanished', finishedAt: at(9) });
    const moves: Move[] = [...backOf(c, 1, 5), [b, 'completed', 'in_progress', 6, 'r1']];
    expect(told(lost, moves)).toEqual([
      [c, 'done', 4000],
      [b, 'next', 'its keeper vanished; the plan says in_progress'],
      [a, 'waits'],
    ]);
  });

  test('stays as the run left it when others go on', () => {
    const failed = rollback({ step: 1, state: 'failed', sentence: 'no agent', finishedAt: at(9) });
    const later = [...backOf(c, 1, 5), ...backOf(b, 20, 25, 'r2'), ...backOf(a, 26, 27, null)];
    expect(told(failed, later)).toEqual([
      [c, 'done', 4000],
      [b, 'failed', 'no agent'],
      [a, 'waits'],
    ]);
  });

  test('a run that is done did all, also when its leaves were executed again since', () => {
    const done = rollback({ step: 2, state: 'done', finishedAt: at(9) });
    const again: Move[] = [...backOf(c, 1, 5), [c, 'rolled_back', 'completed', 30, 'r2']];
    expect(told(done, again)).toEqual([
      [c, 'done'],
      [b, 'done'],
      [a, 'done'],
    ]);
  });
});

describe('the checklist of one command for many leaves', () => {
  const confirm = ['rollback', '--confirm'];

  test('is told by the plan', () => {
    const moves: Move[] = [...backOf(c, 1, 5), [b, 'completed', 'in_progress', 6, 'r1']];
    expect(told(whole(confirm), moves)).toEqual([
      [c, 'done', 4000],
      [b, 'running'],
      [a, 'next'],
    ]);
  });

  test('between two leaves the first that is not done comes next', () => {
    expect(told(whole(confirm), backOf(c, 1, 5))).toEqual([
      [c, 'done', 4000],
      [b, 'next'],
      [a, 'waits'],
    ]);
  });

  test('stops at the failed leaf', () => {
    const failed = whole(confirm, { state: 'failed', sentence: 'it failed', finishedAt: at(9) });
    const moves: Move[] = [
      ...backOf(c, 1, 5),
      [b, 'completed', 'in_progress', 6, 'r1'],
      [b, 'in_progress', 'failed', 7, 'r1'],
    ];
    expect(told(failed, moves)).toEqual([
      [c, 'done', 4000],
      [b, 'failed', 'it failed'],
      [a, 'waits'],
    ]);
  });

  test('tells what somebody else did meanwhile from what came after it', () => {
    const failed = whole(confirm, { state: 'failed', sentence: 'it failed', finishedAt: at(9) });
    const moves = [...backOf(c, 1, 5, null), ...backOf(b, 20, 25, null)];
    expect(told(failed, moves)).toEqual([
      [c, 'skipped', 'somebody else did it meanwhile'],
      [b, 'next', 'the run never came to it; it was done afterwards'],
      [a, 'waits'],
    ]);
  });

  test('executing goes towards completed', () => {
    const fresh = clusterWith(recordedPlan('plans/fresh-3m2w.json'));
    const run = whole(['plan', 'execute', '--phase=/init'], { leaves: [a, b, c] });
    const moves: Move[] = [
      [a, 'unstarted', 'in_progress', 1, 'r1'],
      [a, 'in_progress', 'completed', 3, 'r1'],
      [b, 'unstarted', 'in_progress', 4, 'r1'],
    ];
    expect(told(run, moves, fresh)).toEqual([
      [a, 'done', 2000],
      [b, 'running'],
      [c, 'next'],
    ]);
  });
});

test('what is left of a run is what is not where it was to bring it', () => {
  const cluster = [...backOf(c, 1, 5), ...backOf(b, 6, 7)].map(moved).reduce(fold, clusterWith(plan));
  expect(leavesLeft(cluster, rollback())).toBe(1);
  expect(leavesLeft(cluster, rollback({ operationId: 'another' }))).toBeNull();
});
