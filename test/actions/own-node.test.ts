import { describe, expect, test } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import { clusterWith, noFacts, recordedPlan, withStates } from './a-cluster.ts';

const plan = withStates(recordedPlan('plans/fresh-3m2w.json'), {
  '/init/master-1': 'completed',
  '/checks': 'completed',
});
const onMaster2 = clusterWith(plan, { place: { node: 'master-2', ip: '192.168.1.12', by: 'option' } });
const reasonOf = (phase: string) =>
  judge({ cluster: onMaster2, action: 'phase.execute', args: { phase }, facts: noFacts }).reason;

describe('an agent that is not on the lead master', () => {
  test('runs the phases that run on its own node, where no update agent may be reached', () => {
    expect(reasonOf('/init/master-2')).toBeNull();
  });

  test('runs no other phase, and no group', () => {
    for (const phase of ['/init/master-3', '/init'])
      expect(reasonOf(phase)).toContain('Plan must be resumed on node master-1');
  });
});
