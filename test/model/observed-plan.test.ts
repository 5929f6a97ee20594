import { describe, expect, test } from 'vitest';
import { fold } from '../../src/model/fold.ts';
import { knownPlan, knownState, observedOf } from '../../src/model/observed-plan.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { Observed } from '../../src/protocol/observed.ts';
import { clusterWith, recordedPlan } from '../actions/a-cluster.ts';

const plan = recordedPlan('plans/fresh-3m2w.json');
const operation = plan.operation.id;
const phase = '/masters/master-2/system-upgrade';
const at = '2026-11-28T12:00:00.000Z';

const executing: Observed = {
  state: 'in_progress',
  since: at,
  from: 'run',
  run: 'r1',
  way: 'execute',
  node: 'master-2',
  error: null,
};
const observe = (observed: Observed | null, of = operation): Event => ({
  kind: 'phase.observed',
  seen: at,
  operation: of,
  phase,
  observed,
});
const leafOf = (id: string) => {
  const leaf = plan.phases.find((each) => each.id === id);
  if (leaf === undefined) throw new Error(`no phase ${id}`);
  return leaf;
};

describe('a leaf that is observed in progress', () => {
  const cluster = fold(clusterWith(plan), observe(executing));

  test('counts before the plan, which stays as gravity has it', () => {
    expect(knownState(cluster, leafOf(phase))).toBe('in_progress');
    expect(cluster.plan).toEqual(plan);
    expect(knownPlan(cluster)?.phases.find(({ id }) => id === '/masters')?.state).toBe('in_progress');
  });

  test('is as the plan says once the plan shows its end', () => {
    const ended = fold(cluster, {
      kind: 'phase.changed',
      seen: at,
      operation,
      phase,
      from: 'unstarted',
      to: 'completed',
      at,
      error: null,
    });
    expect(observedOf(ended, { id: phase })).toBeNull();
  });

  test('is as the plan says again when nothing more is known of it', () => {
    expect(fold(cluster, observe(null)).observed).toEqual({});
  });

  test('of another operation is not this one', () => {
    expect(fold(clusterWith(plan), observe(executing, 'another')).observed).toEqual({});
  });
});
