import { describe, expect, test } from 'vitest';
import { durationSamples } from '../../src/model/duration-samples.ts';
import { fold } from '../../src/model/fold.ts';
import { withDoers } from '../../src/model/transition-doer.ts';
import { versionStep } from '../../src/model/version-step.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import type { Run } from '../../src/protocol/run.ts';
import { aRun, clusterWith, recordedPlan } from '../actions/a-cluster.ts';

const plan = recordedPlan('plans/fresh-3m2w.json');
const { id: operation } = plan.operation;
const drain = '/masters/master-1/drain';
const by = { user: 'ann', from: null, tty: null, console: 'c1' };

const at = (seconds: number) => new Date(Date.parse('2026-11-22T12:00:00Z') + seconds * 1000).toISOString();

type Transition = Extract<Event, { kind: 'phase.changed' }>;
function changed(phase: string, change: readonly [PhaseState, PhaseState], seconds: number): Transition {
  const [from, to] = change;
  return {
    kind: 'phase.changed',
    seen: at(seconds),
    operation,
    phase,
    from,
    to,
    at: at(seconds),
    error: null,
  };
}

function ran(phase: string, began: number, ended: number): Event[] {
  return [
    changed(phase, ['unstarted', 'in_progress'], began),
    changed(phase, ['in_progress', 'completed'], ended),
  ];
}

function other(of: Plan): Plan {
  return { ...of, operation: { ...of.operation, id: 'another' } };
}

describe('what leaves took', () => {
  test('is known of a completed leaf seen to begin and to end', () => {
    const cluster = [...ran(drain, 0, 62), changed('/checks', ['unstarted', 'completed'], 70)].reduce(
      fold,
      clusterWith(plan),
    );
    expect(durationSamples(cluster)).toEqual([
      {
        operation,
        phase: drain,
        kind: 'drain_node',
        role: 'master',
        step: versionStep(plan, drain),
        node: 'master-1',
        ms: 62_000,
      },
    ]);
  });

  test('a leaf rolled back since is no sample', () => {
    const back = changed(drain, ['completed', 'rolled_back'], 90);
    expect(durationSamples([...ran(drain, 0, 62), back].reduce(fold, clusterWith(plan)))).toEqual([]);
  });

  test('is kept when another operation begins, and nothing else of the one before is', () => {
    const note = { operation, phase: drain, text: 'looked at it', by, at: at(3) };
    const events: Event[] = [
      ...ran(drain, 0, 62),
      { kind: 'note.written', seen: at(3), note },
      { kind: 'plan.read', seen: at(100), plan: other(plan) },
    ];
    const { earlier, notes, passages } = events.reduce(fold, clusterWith(plan));
    expect(earlier.map(({ phase, ms }) => ({ phase, ms }))).toEqual([{ phase: drain, ms: 62_000 }]);
    expect({ notes, passages }).toEqual({ notes: [], passages: {} });
  });

  test('names the hop of a multi-hop plan in the step', () => {
    expect(versionStep(plan, '/6.1.49/masters/master-1/drain')).toMatch(/^6\.1\.49 \S+ > \S+$/);
    expect(versionStep(plan, '/target/masters/master-1/drain')).toMatch(/^target /);
    expect(versionStep(plan, drain)).toMatch(/^\d\S+ > \S+$/);
  });
});

describe('whose doing a change of a leaf was', () => {
  const watching = (runs: Run[], said: Partial<Cluster> = {}): Cluster => {
    const cluster = clusterWith(plan, { runs, ...said });
    const source = { ...cluster.sources.plan, state: 'good' as const, at: at(0), lastGood: at(0) };
    return { ...cluster, sources: { ...cluster.sources, plan: source } };
  };
  const step = (phase: string | null, argv = ['plan', 'execute', `--phase=${phase}`]) => ({
    program: 'gravity' as const,
    path: null,
    argv,
    phase,
  });
  const begun = changed(drain, ['unstarted', 'in_progress'], 1);
  const rows: { name: string; cluster: Cluster; event?: Event; by: string | null | undefined }[] = [
    { name: 'the run that is at the leaf', cluster: watching([aRun({ steps: [step(drain)] })]), by: 'r1' },
    {
      name: 'the run that is at a group above it',
      cluster: watching([aRun({ steps: [step('/masters')] })]),
      by: 'r1',
    },
    {
      name: 'a resume',
      cluster: watching([aRun({ steps: [step(null, ['plan', 'resume', '--block'])] })]),
      by: 'r1',
    },
    {
      name: 'a run that went on to its next step meanwhile',
      cluster: watching([aRun({ steps: [step(drain), step('/checks')], step: 1 })]),
      by: 'r1',
    },
    {
      name: 'a run whose keeper has gone on to a step that is not told yet',
      cluster: watching([aRun({ steps: [step('/checks'), step('/init'), step(drain)], step: 0 })]),
      by: 'r1',
    },
    {
      name: 'nobody of ours, after a run that stopped before it came to the leaf',
      cluster: watching([
        aRun({ state: 'failed', steps: [step('/checks'), step(drain)], step: 0, finishedAt: at(1) }),
      ]),
      by: null,
    },
    {
      name: 'a run that ended after the last reading',
      cluster: watching([aRun({ state: 'done', steps: [step(drain)], finishedAt: at(1) })]),
      by: 'r1',
    },
    {
      name: 'nobody of ours, after a run that ended before it',
      cluster: watching([aRun({ state: 'done', steps: [step(drain)], finishedAt: at(-9) })]),
      by: null,
    },
    {
      name: 'nobody of ours, beside a run of another leaf',
      cluster: watching([aRun({ steps: [step('/checks')] })]),
      by: null,
    },
    { name: 'nobody of ours, with no run at all', cluster: watching([]), by: null },
    {
      name: 'the run that left it in progress',
      cluster: watching([], {
        passages: { [drain]: { attempts: 1, began: at(0), ended: null, changed: at(0), by: 'r0' } },
      }),
      event: changed(drain, ['in_progress', 'completed'], 5),
      by: 'r0',
    },
    { name: 'not told where nobody was watching', cluster: clusterWith(plan), by: undefined },
  ];
  test.each(rows)('$name', ({ cluster, event = begun, by: doer }) => {
    const [told] = withDoers(cluster, [event]);
    expect(told).toEqual(doer === undefined ? event : { ...event, by: doer });
    const passage = fold(cluster, told ?? event).passages[drain];
    expect(passage?.by).toBe(doer);
  });
});

describe('what an operator sets and writes', () => {
  const breakpoint = (id: string, of: string | null = operation) =>
    ({ id, operation: of, on: 'phase', phase: '/etcd', seconds: null, at: null, by, set: at(0) }) as const;
  const autopilot = {
    operation,
    state: 'armed',
    by,
    since: at(0),
    sentence: 'steps /init',
    hold: null,
    breakpoint: null,
    phase: null,
    run: null,
    passed: [],
  } as const;

  test('a breakpoint set twice is there once, and is gone when it is cleared', () => {
    const set: Event = { kind: 'breakpoint.set', seen: at(0), breakpoint: breakpoint('phase:/etcd') };
    const twice = [set, set].reduce(fold, clusterWith(plan));
    expect(twice.breakpoints.map(({ id }) => id)).toEqual(['phase:/etcd']);
    const gone = fold(twice, { kind: 'breakpoint.cleared', seen: at(1), breakpoint: 'phase:/etcd', by });
    expect(gone.breakpoints).toEqual([]);
  });

  test('what is about another operation comes too late', () => {
    const late: Event[] = [
      { kind: 'breakpoint.set', seen: at(0), breakpoint: breakpoint('phase:/etcd', 'another') },
      {
        kind: 'autopilot.changed',
        seen: at(0),
        autopilot: { ...autopilot, passed: [], accepted: [], wrong: [], operation: 'another' },
        by,
      },
      {
        kind: 'note.written',
        seen: at(0),
        note: { operation: 'another', phase: drain, text: 'late', by, at: at(0) },
      },
    ];
    const before = clusterWith(plan);
    expect(late.reduce(fold, before)).toBe(before);
  });
});
