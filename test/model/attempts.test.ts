import { describe, expect, test } from 'vitest';
import { durationSamples } from '../../src/model/duration-samples.ts';
import { fold } from '../../src/model/fold.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import type { Run } from '../../src/protocol/run.ts';
import { aRun, clusterWith, recordedPlan } from '../actions/a-cluster.ts';

const plan = recordedPlan('plans/fresh-3m2w.json');
const leaf = '/masters/master-1/drain';
const at = (seconds: number) => new Date(Date.parse('2026-11-22T12:00:00Z') + seconds * 1000).toISOString();

/** A state the leaf is seen in at a second, and whose doing that was. */
type Seen = readonly [state: PhaseState, second: number, by?: string | null];

function runOf(id: string, ...argv: string[]): Run {
  const steps = [{ program: 'gravity' as const, path: null, argv, phase: leaf }];
  return aRun({ id, steps, state: 'done', finishedAt: at(0) });
}

const runs = [
  runOf('exec', 'plan', 'execute', `--phase=${leaf}`),
  runOf('back', 'plan', 'rollback', `--phase=${leaf}`),
  runOf('set', 'plan', 'set', `--phase=${leaf}`, '--state=completed'),
];

function after(seen: readonly Seen[]): Cluster {
  let cluster = clusterWith(plan, { runs });
  for (const [to, second, by] of seen) {
    const from = cluster.plan?.phases.find(({ id }) => id === leaf)?.state ?? 'unstarted';
    const told = {
      seen: at(second),
      phase: leaf,
      at: at(second),
      error: null,
      ...(by !== undefined && { by }),
    };
    const event: Event =
      from === to
        ? { kind: 'phase.touched', ...told, state: to }
        : { kind: 'phase.changed', ...told, operation: plan.operation.id, from, to };
    cluster = fold(cluster, event);
  }
  return cluster;
}

const rows: { name: string; seen: Seen[]; attempts: number; took: number | null }[] = [
  {
    name: 'one execution is one',
    seen: [
      ['in_progress', 1],
      ['completed', 5],
    ],
    attempts: 1,
    took: 4,
  },
  {
    name: 'a failure and a retry are two, and the retry is what it took',
    seen: [
      ['in_progress', 1],
      ['failed', 5],
      ['in_progress', 10],
      ['completed', 12],
    ],
    attempts: 2,
    took: 2,
  },
  {
    name: 'a retry that failed between two readings counts, its time unknown',
    seen: [
      ['in_progress', 1],
      ['failed', 5],
      ['failed', 9],
      ['completed', 20],
    ],
    attempts: 3,
    took: null,
  },
  {
    name: 'one that came and went between two readings counts, its time unknown',
    seen: [['completed', 5]],
    attempts: 1,
    took: null,
  },
  {
    name: 'a rollback of ours is none',
    seen: [
      ['in_progress', 1, 'exec'],
      ['completed', 5, 'exec'],
      ['in_progress', 8, 'back'],
      ['rolled_back', 9, 'back'],
    ],
    attempts: 1,
    took: null,
  },
  {
    name: 'a rollback of another shell is none once it arrives',
    seen: [
      ['in_progress', 1, null],
      ['completed', 5, null],
      ['in_progress', 8, null],
      ['rolled_back', 9, null],
    ],
    attempts: 1,
    took: null,
  },
  {
    name: 'a rollback nobody watched is none',
    seen: [
      ['in_progress', 1],
      ['completed', 5],
      ['rolled_back', 9],
    ],
    attempts: 1,
    took: null,
  },
  {
    name: 'a rollback of ours that fails, and again, is none',
    seen: [
      ['completed', 5, 'exec'],
      ['in_progress', 8, 'back'],
      ['failed', 9, 'back'],
      ['failed', 11, 'back'],
    ],
    attempts: 1,
    took: null,
  },
  {
    name: 'an execution after a rollback is a second one, and what it took is its own time',
    seen: [
      ['in_progress', 1, 'exec'],
      ['completed', 5, 'exec'],
      ['in_progress', 8, 'back'],
      ['rolled_back', 9, 'back'],
      ['in_progress', 20, 'exec'],
      ['completed', 27, 'exec'],
    ],
    attempts: 2,
    took: 7,
  },
  {
    name: 'an execution left in progress and then rolled back stays one',
    seen: [
      ['in_progress', 1, 'exec'],
      ['in_progress', 8, 'back'],
      ['rolled_back', 9, 'back'],
    ],
    attempts: 1,
    took: null,
  },
  {
    name: 'the same where the rollback’s beginning was not seen',
    seen: [
      ['in_progress', 1, 'exec'],
      ['rolled_back', 9, 'back'],
    ],
    attempts: 1,
    took: null,
  },
  {
    name: 'a state written by hand ran nothing and took nothing',
    seen: [
      ['in_progress', 1, 'exec'],
      ['completed', 600, 'set'],
    ],
    attempts: 1,
    took: null,
  },
];

describe('how often a leaf was executed, and how long the last took', () => {
  test.each(rows)('$name', ({ seen, attempts, took }) => {
    const cluster = after(seen);
    expect(cluster.passages[leaf]?.attempts).toBe(attempts);
    expect(durationSamples(cluster).map(({ ms }) => ms / 1000)).toEqual(took === null ? [] : [took]);
  });
});
