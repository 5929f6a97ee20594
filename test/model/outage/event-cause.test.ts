import { describe, expect, it } from 'vitest';
import { outagesOf } from '../../../src/model/outage/outages.ts';
import type { Passage } from '../../../src/protocol/cluster.ts';
import type { HistoryEvent } from '../../../src/protocol/history.ts';
import type { PhaseState } from '../../../src/protocol/phase.ts';
import { clusterWith, now, recordedPlan, withStates } from '../../actions/a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const upgrade = '/masters/master-2/system-upgrade';

const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();

function failed(secondsAgo: number, said: Partial<HistoryEvent> = {}): HistoryEvent {
  const what = { kind: 'probe.failed', node: 'master-2', checker: 'kubelet' } as const;
  return { at: at(secondsAgo), from: null, to: null, text: '', ...what, ...said };
}

function passage(began: number | null, ended: number | null): Passage {
  const instant = (ago: number | null) => (ago === null ? null : at(ago));
  return { attempts: 1, began: instant(began), ended: instant(ended), changed: at(ended ?? began ?? 0) };
}

/** The upgrade of master-2 ran from 300 to 100 s ago, unless said otherwise. */
type Told = { event?: HistoryEvent; before?: HistoryEvent[]; ran?: Passage | null; state?: PhaseState };

function told({ event = failed(200), before = [], ran = passage(300, 100), state = 'completed' }: Told) {
  const plan = withStates(fresh, { [upgrade]: state });
  const passages = { '/checks': passage(900, 890), ...(ran && { [upgrade]: ran }) };
  return outagesOf(clusterWith(plan, { passages, history: [...before, event] })).causeOfEvent(event);
}

const expected = { phase: upgrade };
const notExpected = { phase: null };

describe('a failure in the timeline', () => {
  const rows: [string, Told, object | null][] = [
    ['while the leaf ran is its doing', {}, expected],
    ['while it still runs too', { ran: passage(300, null), state: 'in_progress' }, expected],
    ['before it can have begun is not', { event: failed(311) }, notExpected],
    ['that a round found after its end is', { event: failed(71) }, { ...expected, after: true }],
    ['of a later round is not', { event: failed(69) }, notExpected],
    ['after it failed is not', { event: failed(99), state: 'failed' }, notExpected],
    [
      'past its limit is not',
      { event: failed(200), ran: passage(5000, null), state: 'in_progress' },
      notExpected,
    ],
    ['on another node is not', { event: failed(200, { node: 'master-3' }) }, notExpected],
    ['of another checker is not', { event: failed(200, { checker: 'disk-space' }) }, notExpected],
    ['of what was wrong before is not', { before: [failed(400)] }, notExpected],
    [
      'of what was wrong before, and well again, is',
      { before: [failed(400), failed(350, { kind: 'probe.succeeded' })] },
      expected,
    ],
    ['of a whole node is', { event: failed(200, { kind: 'node.silent', checker: null }) }, expected],
    ['before anybody watched cannot be told', { event: failed(901) }, null],
    [
      'of a leaf nobody saw begin is, back to the end of the one before',
      { ran: passage(null, 100) },
      expected,
    ],
    ['before that is not', { event: failed(821), ran: passage(null, 100) }, notExpected],
    ['is nothing to say of a success', { event: failed(200, { kind: 'probe.succeeded' }) }, null],
  ];
  for (const [title, what, expectation] of rows) {
    it(title, () => expect(told(what)).toEqual(expectation));
  }

  const degraded = failed(200, { kind: 'node.degraded', checker: null });
  it('that degrades a node is as expected as each probe that failed', () => {
    expect(told({ event: degraded, before: [failed(200)] })).toEqual(expected);
    expect(told({ event: degraded, before: [failed(201, { checker: 'disk-space' }), failed(200)] })).toEqual(
      notExpected,
    );
  });
  it('that degrades a node without a line of any probe is, while its planet is replaced', () => {
    expect(told({ event: degraded })).toEqual(expected);
  });
  it('that does so at any other time cannot be told', () => {
    expect(told({ event: { ...degraded, at: at(600) } })).toBeNull();
  });
});
