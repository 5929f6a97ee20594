import { describe, expect, test } from 'vitest';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import { groupState } from '../../src/model/group-state.ts';
import { isJournalled } from '../../src/model/is-journalled.ts';
import { planChanges } from '../../src/model/plan-changes.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { type Phase, phaseStates } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { recordings, recordingText } from '../recordings.ts';

const seen = '2026-11-22T11:10:00.000Z';
const empty = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });

const plans = recordings('plans')
  .filter((name) => name.replace(/\.gz$/, '').endsWith('.json'))
  .map((name) => ({ name, plan: planOf(name.replace(/\.gz$/, '')) }));

describe('a plan read twice', () => {
  test.each(plans)('$name: the same answer again is no event', ({ plan }) => {
    expect(planChanges(plan, structuredClone(plan), seen)).toEqual([]);
  });

  test.each(plans)('$name: folding what changed gives exactly the second reading', ({ plan }) => {
    const random = generator(plan.phases.length);
    let before = withPlan(plan);
    for (let round = 0; round < 20; round += 1) {
      const after = shaken(plan, random);
      const events = planChanges(before.plan, after, seen);
      expect(events.every(({ kind }) => kind !== 'plan.read')).toBe(true);
      before = events.reduce(fold, before);
      expect(before.plan).toEqual(after);
    }
  });

  test('another document is read whole, and nothing else is told', () => {
    const [one, other] = [planOf('plans/fresh-3m.json'), planOf('plans/completed-3m2w.json')];
    const events = planChanges(one, other, seen);
    expect(events.map(({ kind }) => kind)).toEqual(['plan.read']);
    expect(events.reduce(fold, withPlan(one)).plan).toEqual(other);
  });
});

describe('what the journal is told of a leaf', () => {
  const leaf = '/checks';
  const rows: { name: string; before: Partial<Phase>; after: Partial<Phase>; kinds: string[] }[] = [
    {
      name: 'unstarted to completed between two looks is one entry',
      before: { state: 'unstarted', updated: null },
      after: { state: 'completed', updated: at(1) },
      kinds: ['phase.changed'],
    },
    {
      name: 'a second completed that only moves its time is none',
      before: { state: 'completed', updated: at(1) },
      after: { state: 'completed', updated: at(2) },
      kinds: [],
    },
    {
      name: 'a retry that failed between two looks is told as such',
      before: { state: 'failed', updated: at(1), error: 'no space' },
      after: { state: 'failed', updated: at(5), error: 'no space' },
      kinds: ['phase.touched'],
    },
    {
      name: 'a leaf started again by force between two looks is told',
      before: { state: 'in_progress', updated: at(1) },
      after: { state: 'in_progress', updated: at(9) },
      kinds: ['phase.touched'],
    },
    {
      name: 'an error whose words alone moved is none',
      before: { state: 'failed', updated: at(1), error: 'no space' },
      after: { state: 'failed', updated: at(1), error: 'no space left' },
      kinds: [],
    },
  ];
  test.each(rows)('$name', ({ before, after, kinds }) => {
    const plan = planOf('plans/fresh-3m.json');
    const cluster = withPlan(withPhase(plan, leaf, before));
    const events = planChanges(cluster.plan, withPhase(plan, leaf, after), seen);
    expect(events.filter((event) => isJournalled(cluster, event)).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('what was seen of a leaf', () => {
  const leaf = '/init/master-1';
  const passage = (...states: Partial<Phase>[]) => {
    const plan = planOf('plans/fresh-3m.json');
    let cluster = withPlan(plan);
    states.forEach((state, index) => {
      const after = withPhase(plan, leaf, state);
      cluster = planChanges(cluster.plan, after, at(index)).reduce(fold, cluster);
    });
    return cluster.passages[leaf];
  };

  test('an attempt begins and ends when it was seen', () => {
    expect(passage({ state: 'in_progress' }, { state: 'completed' })).toEqual({
      attempts: 1,
      began: at(0),
      ended: at(1),
      changed: at(1),
    });
  });

  test('the beginning of an attempt nobody saw is unknown', () => {
    expect(passage({ state: 'completed' })).toEqual({
      attempts: 1,
      began: null,
      ended: at(0),
      changed: at(0),
    });
  });

  test('each retry counts, also the one between two looks', () => {
    const failed = { state: 'failed' as const };
    const retried = passage(
      { state: 'in_progress', updated: at(0) },
      { ...failed, updated: at(1) },
      { ...failed, updated: at(2) },
      { state: 'in_progress', updated: at(3) },
    );
    expect(retried).toEqual({ attempts: 3, began: at(3), ended: null, changed: at(3) });
  });

  test('another operation begins with nothing seen', () => {
    const plan = planOf('plans/fresh-3m.json');
    const running = planChanges(plan, withPhase(plan, leaf, { state: 'in_progress' }), seen).reduce(
      fold,
      withPlan(plan),
    );
    const other = { ...plan, operation: { ...plan.operation, id: 'another' } };
    expect(planChanges(running.plan, other, seen).reduce(fold, running).passages).toEqual({});
  });
});

function planOf(name: string): Plan {
  const reading = readPlanJson(recordingText(name.startsWith('plans/') ? name : `plans/${name}`));
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

function withPlan(plan: Plan): Cluster {
  return fold(empty, { kind: 'plan.read', seen, plan });
}

function withPhase(plan: Plan, id: string, change: Partial<Phase>): Plan {
  return regrouped({
    ...plan,
    phases: plan.phases.map((phase) => (phase.id === id ? { ...phase, ...change } : phase)),
  });
}

function shaken(plan: Plan, random: () => number): Plan {
  const phases = plan.phases.map((phase) => {
    if (!phase.leaf || random() < 0.5) return phase;
    const state = phaseStates[Math.floor(random() * phaseStates.length)] ?? 'unstarted';
    const updated = state === 'unstarted' ? null : at(Math.floor(random() * 1000));
    return { ...phase, state, updated, error: state === 'failed' ? `error ${random()}` : null };
  });
  return regrouped({ ...plan, phases });
}

/** Groups from their children, from the last phase up: an oracle of its own, not the fold's way. */
function regrouped(plan: Plan): Plan {
  const states = new Map<string, Phase['state']>();
  for (const phase of plan.phases.toReversed()) {
    const children = plan.phases.filter(({ parent }) => parent === phase.id).map(({ id }) => states.get(id));
    states.set(
      phase.id,
      phase.leaf ? phase.state : groupState(children.filter((state) => state !== undefined)),
    );
  }
  return {
    ...plan,
    phases: plan.phases.map((phase) => ({ ...phase, state: states.get(phase.id) ?? phase.state })),
  };
}

function at(second: number): string {
  return new Date(Date.parse(seen) + second * 1000).toISOString();
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}
