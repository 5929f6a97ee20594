import { describe, expect, test } from 'vitest';
import { expectedUntil } from '../../src/model/expected-until.ts';
import { outageLimit } from '../../src/model/outage-limit.ts';
import { phaseKind } from '../../src/model/phase-kinds.ts';
import type { Cluster, Passage } from '../../src/protocol/cluster.ts';
import type { HistoryEvent } from '../../src/protocol/history.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import { clusterOf, now, recordedPlan } from '../console/a-scene.ts';

const leaf = '/masters/master-2/system-upgrade';
const minute = 60_000;
const iso = (ago: number) => new Date(now - ago).toISOString();
const event: HistoryEvent = {
  at: iso(9 * minute),
  kind: 'probe.failed',
  node: '192_168_1_12.demo',
  checker: 'kubelet',
  from: null,
  to: null,
  text: '',
};

function upgraded(state: PhaseState, part: Partial<Passage>): Cluster {
  const plan = recordedPlan('midway-3m2w');
  const phases = plan.phases.map((phase) => (phase.id === leaf ? { ...phase, state } : phase));
  const passage = { attempts: 1, began: iso(10 * minute), ended: null, changed: iso(10 * minute), ...part };
  return clusterOf({ ...plan, phases }, { passages: { [leaf]: passage }, history: [event] });
}

describe('trouble a leaf was bound to cause', () => {
  test('lasts within the limit of a leaf in progress', () => {
    const { p90 } = phaseKind('update_system');
    expect(expectedUntil(upgraded('in_progress', {}), event)).toBe(now - 10 * minute + outageLimit(p90));
  });
  test('lasts a minute past one that is completed, which is how late a failure is shown', () => {
    expect(expectedUntil(upgraded('completed', { ended: iso(8 * minute) }), event)).toBe(now - 7 * minute);
  });
  test('lasts not a moment past one that failed', () => {
    expect(expectedUntil(upgraded('failed', { ended: iso(8 * minute) }), event)).toBe(now - 8 * minute);
  });
  test('is none on another node', () => {
    const other = { ...event, node: '192_168_1_13.demo' };
    expect(expectedUntil(upgraded('in_progress', {}), other)).toBeNull();
  });
});
