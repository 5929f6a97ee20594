import { describe, expect, it } from 'vitest';
import { nodesOf, type ShownNode } from '../../src/console/shown-nodes.ts';
import { outagesOf } from '../../src/model/outage/outages.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { awaitState } from '../driver/agent-rig.ts';
import { ann, flownCluster } from '../driver/flown-cluster.ts';
import { watched } from '../driver/watched.ts';

const upgrade = '/masters/master-1/system-upgrade';
const nodesAt = (cluster: Cluster, now: number) => nodesOf({ cluster, outages: outagesOf(cluster), now });
const isUnder = (nodes: ShownNode[], name: string) => nodes.find((node) => node.name === name)?.expected;

describe('a second master that fails during the system upgrade of the first', () => {
  it('is UNEXPECTED within one round of health, and the first one stays EXPECTED', async () => {
    const flown = await flownCluster(1);
    const nodes = () => nodesAt(flown.state(), flown.time.now());
    await flown.do(ann, 'autopilot.arm');
    await flown.until(() => isUnder(nodes(), 'master-1')?.phase === upgrade);
    expect(isUnder(nodes(), 'master-2')).toBeNull();
    await flown.say('power', 'master-2', 'off');
    // One round is a collection of the endpoint's, every 30 s, and our next look at it, every 30 s.
    await flown.time.advance(60_000);
    expect(isUnder(nodes(), 'master-2')).toEqual({ phase: null });
    expect(isUnder(nodes(), 'master-1')).toEqual({ phase: upgrade });
    await flown.until(({ autopilot }) => autopilot?.state === 'paused');
    expect(flown.state().autopilot?.hold).toBe('outage');
  });

  it('is so over a real agent from the first reading on that shows it', { timeout: 180_000 }, async () => {
    const cluster = await watched('--scenario=second-master-fails', '--speed=1');
    try {
      const client = cluster.client();
      await cluster.simulate('slow', upgrade, '20');
      await cluster.simulate('speed', '50');
      const shown = await awaitState(client, (state) => {
        const nodes = nodesAt(state, Date.now());
        const master = nodes.find(({ name }) => name === 'master-2');
        return master?.state === 'offline' || master?.state === 'degraded' ? { state, nodes } : null;
      });
      expect(shown.state.plan?.phases.find(({ id }) => id === upgrade)?.state).toBe('in_progress');
      expect(isUnder(shown.nodes, 'master-2')).toEqual({ phase: null });
    } finally {
      await cluster.end();
    }
  });
});
