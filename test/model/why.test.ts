import { expect, test } from 'vitest';
import { whyOf } from '../../src/model/why/why.ts';
import { clusterWith, now, recordedPlan } from '../actions/a-cluster.ts';

const fresh = clusterWith(recordedPlan('plans/fresh-3m2w.json'));

test('requirements are followed down to the phase that blocks, which is told first', () => {
  const why = whyOf({
    cluster: fresh,
    question: { phase: '/masters/master-1/drain', refusal: null },
    facts: { now },
  });
  expect(why.id).toBe('requires');
  expect(why.causes[0]?.text).toContain('/init/master-1');
  expect(why.next).toMatchObject({ action: 'operation.step', args: { phase: '/init/master-1' } });
});
