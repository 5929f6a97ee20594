import { beforeAll, describe, expect, it } from 'vitest';
import { nodeTold } from '../../src/console/node-told.ts';
import { nodesOf } from '../../src/console/shown-nodes.ts';
import { nodeEvents } from '../../src/model/node-events.ts';
import { nodeStrip } from '../../src/model/node-strip.ts';
import { type Outages, outagesOf } from '../../src/model/outage/outages.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { ann, flownCluster } from '../driver/flown-cluster.ts';

const troubles = new Set(['node.degraded', 'node.silent', 'node.vanished', 'probe.failed']);

/** A whole upgrade on the simulated cluster, in which nothing goes wrong, at the pace of a real one. */
describe('after an upgrade in which nothing went wrong', () => {
  const unexpected = new Set<string>();
  let state: Cluster;
  let outages: Outages;
  let began: number;
  let now: number;

  beforeAll(async () => {
    const flown = await flownCluster(1);
    began = flown.time.now();
    await flown.do(ann, 'autopilot.arm');
    let seen: Cluster['health'] = null;
    await flown.until((cluster) => {
      if (cluster.health !== seen) {
        const nodes = nodesOf({ cluster, outages: outagesOf(cluster), now: flown.time.now() });
        for (const { name, expected } of nodes) if (expected?.phase === null) unexpected.add(name);
      }
      seen = cluster.health;
      return cluster.autopilot?.state === 'paused';
    });
    expect(flown.state().autopilot?.hold).toBe('last');
    // The timeline is read every five minutes.
    await flown.time.advance(320_000);
    state = flown.state();
    outages = outagesOf(state);
    now = flown.time.now();
  }, 400_000);

  it('no node was unexpectedly down at any reading', () => {
    expect([...unexpected]).toEqual([]);
  });

  it('the timeline recorded failures, and every one has its cause', () => {
    const failures = state.history.filter(({ kind }) => troubles.has(kind));
    expect(failures.map(({ kind }) => kind)).toContain('node.degraded');
    const without = failures.filter((event) => (outages.causeOfEvent(event)?.phase ?? null) === null);
    expect(without).toEqual([]);
  });

  it('no cell of any strip is red', () => {
    const stretch = { from: began, to: now, cells: 400 };
    const events = nodeEvents(state);
    for (const node of nodesOf({ cluster: state, outages, now })) {
      const told = nodeTold(node, events.get(node.name) ?? [], { outages });
      const levels = new Set(nodeStrip(told, stretch));
      const bad = [...levels].filter((level) => level !== 'unknown' && level !== 'healthy');
      expect(bad, node.name).toEqual(['expected']);
    }
  });
});
