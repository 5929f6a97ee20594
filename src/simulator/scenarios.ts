import type { Alert, Cluster } from './cluster/cluster.ts';
import { fault } from './fault.ts';
import { startResumeUnit } from './gravity/resume-unit.ts';
import { record } from './world.ts';

export type Scenario = {
  describe: string;
  /** Arranged before the doors open. */
  arrange(cluster: Cluster): void;
};

const BUDGET = 'disruption budget shop-db allows 0 disruptions';

/** What happens by itself in a simulated cluster. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'drain-fails': {
    describe: 'an upgrade under way, until the drain of the second master is held up by a disruption budget',
    arrange: (cluster) => {
      const drain = secondDrain(cluster);
      if (drain !== null) {
        const text = `error draining node ${drain.about}: pod shop/shop-db-0 could not be evicted: ${BUDGET}`;
        cluster.world.arranged.set(drain.id, { execute: fault(text) });
      }
      cluster.alerts.push(shopAlert(cluster));
      underWay(cluster);
    },
  },
  smooth: { describe: 'an upgrade under way in which nothing fails', arrange: underWay },
  quiet: { describe: 'an upgrade just begun that waits for its operator', arrange: () => {} },
};

export const DEFAULT_SCENARIO = 'drain-fails';

/** Leaves already behind us when the doors open: enough to see a tree half green, far from the first trouble. */
const DONE = /^\/(init|checks|pre-update|bootstrap)(\/|$)/;

/** What was done before we came is completed, at the pace it takes; gravity's own unit runs the rest. */
function underWay(cluster: Cluster): void {
  const { world } = cluster;
  const node = world.plan.lead_master?.hostname ?? cluster.host;
  const done = world.tree.leaves.filter(
    ({ id }) => DONE.test(id) && !world.stores.cluster.has(`adopted${id}`),
  );
  const whole = done.reduce((sum, phase) => sum + world.duration(phase), 0);
  const ago = Math.min(whole, world.clock.now() - world.operation.created);
  let passed = 0;
  for (const phase of done) {
    passed += world.duration(phase);
    record(world, node, { phaseId: phase.id, state: 'completed', agoMs: ago * (1 - passed / whole) });
  }
  startResumeUnit(cluster, node);
}

/** What the alert manager says meanwhile of the pod the drain will wait for. */
function shopAlert({ world }: Cluster): Alert {
  return {
    name: 'KubePodCrashLooping',
    severity: 'critical',
    message: 'Pod shop/shop-db-0 (shop-db) is restarting 1.03 times / 5 minutes.',
    since: world.clock.now() - 12 * 60 * 1000,
    labels: { namespace: 'shop', pod: 'shop-db-0' },
  };
}

/** The drain of the second master; of the second node where there is one master. */
function secondDrain({ world }: Cluster): { id: string; about: string } | null {
  const drains = world.tree.leaves.filter(({ executor }) => executor === 'drain_node');
  const drain = drains[1] ?? drains[0];
  return drain === undefined ? null : { id: drain.id, about: drain.data?.server?.hostname ?? '' };
}
