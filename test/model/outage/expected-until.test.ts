import { describe, expect, test } from 'vitest';
import { outageLimit } from '../../../src/model/outage/limits.ts';
import { outagesOf } from '../../../src/model/outage/outages.ts';
import { phaseKind } from '../../../src/model/phase-kinds.ts';
import type { Cluster, Passage } from '../../../src/protocol/cluster.ts';
import type { HistoryEvent } from '../../../src/protocol/history.ts';
import type { PhaseState } from '../../../src/protocol/phase.ts';
import { clusterOf, now, recordedPlan } from '../../console/a-scene.ts';

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
    expect(outagesOf(upgraded('in_progress', {})).expectedUntil(event)).toBe(
      now - 10 * minute + outageLimit(p90),
    );
  });
  test('lasts a minute past one that is completed, which is how late a failure is shown', () => {
    expect(outagesOf(upgraded('completed', { ended: iso(8 * minute) })).expectedUntil(event)).toBe(
      now - 7 * minute,
    );
  });
  test('lasts not a moment past one that failed', () => {
    expect(outagesOf(upgraded('failed', { ended: iso(8 * minute) })).expectedUntil(event)).toBe(
      now - 8 * minute,
    );
  });
  test('is none on another node', () => {
    const other = { ...event, node: '192_168_1_13.demo' };
    expect(outagesOf(upgraded('in_progress', {})).expectedUntil(other)).toBeNull();
  });
});
