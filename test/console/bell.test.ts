import { describe, expect, test } from 'vitest';
import { ringForAttention } from '../../src/console/bell.ts';
import { consoleStore } from '../../src/console/console-state.ts';
import { attention } from '../../src/model/attention.ts';
import { outagesOf } from '../../src/model/outage/outages.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { handClock } from '../driver/hand-clock.ts';
import { anAutopilot } from './a-cockpit.ts';
import { clusterOf, now, recordedPlan } from './a-scene.ts';

const well = clusterOf(recordedPlan('midway-3m2w'));
const failed = clusterOf(recordedPlan('failed-3m2w'));
const paused = { ...well, autopilot: anAutopilot({ state: 'paused', hold: 'breakpoint' }) };
const restarted = clusterOf(null);

/** How often it rings when the agent says these one after the other, first on connecting. */
function rings(...states: readonly Cluster[]): number {
  const store = consoleStore(handClock(now), {
    id: 'here',
    screen: 'plan',
    time: 'utc',
    drive: false,
    look: { ascii: false, colour: false },
    size: { columns: 80, rows: 24 },
  });
  let count = 0;
  const stop = ringForAttention(store, () => {
    count += 1;
  });
  for (const cluster of states) {
    store.setState(({ scene }) => ({
      scene: { ...scene, cluster, attention: attention({ cluster, outages: outagesOf(cluster), now }) },
    }));
    store.setState({ live: true });
  }
  stop();
  return count;
}

describe('the bell', () => {
  const rows: readonly [string, readonly Cluster[], number][] = [
    ['rings when a phase fails', [well, failed], 1],
    ['rings when the autopilot pauses', [well, paused], 1],
    ['does not ring for what there was when the console was opened', [failed, failed], 0],
    ['does not ring again while the same stays', [well, failed, failed, { ...failed }], 1],
    ['rings again when it failed again', [well, failed, well, failed], 2],
    ['does not ring when an agent that was started again has read the same', [failed, restarted, failed], 0],
    ['rings for what failed while the agent was away', [well, restarted, failed], 1],
    ['rings once where several things begin together', [well, { ...failed, autopilot: paused.autopilot }], 1],
    ['does not ring for what is over', [failed, well], 0],
  ];
  for (const [what, states, count] of rows) test(what, () => expect(rings(...states)).toBe(count));
});
