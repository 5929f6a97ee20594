import { describe, expect, test } from 'vitest';
import { nodesOf } from '../../../src/console/shown-nodes.ts';
import { outagesOf } from '../../../src/model/outage/outages.ts';
import type { Cluster } from '../../../src/protocol/cluster.ts';
import type { Health, HealthNode } from '../../../src/protocol/health.ts';
import { clusterWith, now, recordedPlan, withStates } from '../../actions/a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const upgrade = '/masters/master-2/system-upgrade';
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();

type State = HealthNode['state'];
function cluster(states: Record<string, State>, running = true): Cluster {
  const nodes = fresh.servers.map(
    ({ hostname, ip }): HealthNode => ({
      name: `${ip}.test`,
      ip,
      role: null,
      member: null,
      state: states[hostname] ?? 'healthy',
      probes: [],
    }),
  );
  const health: Health = { state: 'degraded', at: at(5), servedAt: at(5), summary: null, nodes };
  const passages = { [upgrade]: { attempts: 1, began: at(60), ended: null, changed: at(60) } };
  const plan = withStates(fresh, running ? { [upgrade]: 'in_progress' } : {});
  return clusterWith(plan, { health, ...(running && { passages }) });
}

const shown = (known: Cluster) => nodesOf({ cluster: known, outages: outagesOf(known), now });
const expectedOf = (known: Cluster, node: string) => shown(known).find(({ name }) => name === node)?.expected;

describe('a node of which no failed check is told', () => {
  test.each(['unknown', 'degraded', 'offline'] as const)(
    'and that is %s is expected while its own planet is replaced',
    (state) => {
      expect(expectedOf(cluster({ 'master-2': state }), 'master-2')).toEqual({ phase: upgrade });
    },
  );
  test('is unexpected on another node, where it is degraded or offline', () => {
    expect(expectedOf(cluster({ 'master-3': 'degraded' }), 'master-3')).toEqual({ phase: null });
    expect(expectedOf(cluster({ 'master-3': 'offline' }), 'master-3')).toEqual({ phase: null });
  });
  test('is neither where its state is only unknown', () => {
    expect(expectedOf(cluster({ 'master-3': 'unknown' }), 'master-3')).toBeNull();
    expect(expectedOf(cluster({ 'master-2': 'unknown' }, false), 'master-2')).toBeNull();
  });
});
