import { describe, expect, test } from 'vitest';
import { fold } from '../../src/model/fold.ts';
import type { Event } from '../../src/protocol/event.ts';
import { clusterWith, recordedPlan } from '../actions/a-cluster.ts';

const plan = recordedPlan('plans/fresh-3m2w.json');
const [before, seen] = ['2026-11-28T12:00:00.000Z', '2026-11-28T12:00:58.000Z'];
const known = clusterWith(plan);
const withPlanSource = (state: 'good' | 'doubtful') => ({
  ...known,
  sources: { ...known.sources, plan: { ...known.sources.plan, state, at: before, lastGood: before } },
});
const changed: Event = {
  ...{ kind: 'phase.changed', seen, operation: plan.operation.id, phase: '/checks' },
  ...{ from: 'unstarted', to: 'completed', at: seen, error: null },
};

describe('the age of a source', () => {
  test('is that of the reading which brought the news, the moment it is told', () => {
    expect(fold(withPlanSource('good'), changed).sources.plan.lastGood).toBe(seen);
  });

  test('stays where the reading is doubtful', () => {
    expect(fold(withPlanSource('doubtful'), changed).sources.plan.lastGood).toBe(before);
  });
});
