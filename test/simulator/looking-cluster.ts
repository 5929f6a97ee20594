import type { Cluster, ClusterNode, HealthView, NodeHealth } from '../../src/simulator/cluster/cluster.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { healthAnswer } from '../../src/simulator/health/health-answers.ts';
import { healthClock } from '../../src/simulator/health/health-clock.ts';
import { healthRounds } from '../../src/simulator/health/health-rounds.ts';
import { updatePlan } from '../../src/simulator/plan/update-plan.ts';
import { createWorld, type WorldOptions } from '../../src/simulator/world.ts';
import { type HandClock, handClock } from '../driver/hand-clock.ts';

export type LookingCluster = {
  time: HandClock;
  cluster: Cluster;
  /** How fast the work goes. */
  pace(speed: number): void;
  node(name: string): ClusterNode;
  /** Lets a checker of a node fail, with no severity unless one is given. */
  fail(name: string, checker: string, severity?: 'warning'): void;
  /** What the agent of a node last collected. */
  seenBy(name: string): HealthView;
  entry(by: string, of: string): NodeHealth | undefined;
  /** Asks the endpoint of the host. */
  ask(path: string): { status: number; body: Record<string, unknown> };
};

/**
 * A cluster of 3 masters and 2 workers named `test` on a clock moved by hand, whose work takes no time unless said; every
 * agent has had its first turn.
 */
export async function lookingCluster(duration: WorldOptions['duration'] = () => 0): Promise<LookingCluster> {
  const time = handClock();
  let speed = 1;
  const clock = { ...time, sleep: time.wait, watch: time.wait };
  const cluster = createCluster(createWorld({ plan: plan(), clock, duration }));
  healthRounds(
    cluster,
    healthClock(time, () => speed),
  );
  await time.advance(31_000);
  const node = (name: string): ClusterNode => {
    const found = cluster.nodes.get(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };
  const seenBy = (name: string): HealthView =>
    cluster.agents.get(name)?.view ?? { at: 0, status: null, summary: null, nodes: [] };
  return {
    time,
    cluster,
    node,
    seenBy,
    pace: (next) => {
      speed = next;
    },
    fail: (name, checker, severity) => {
      const weight = severity === undefined ? {} : { severity };
      node(name).probes.set(checker, { checker, status: 'failed', error: 'broken', ...weight });
    },
    entry: (by, of) => seenBy(by).nodes.find((one) => one.node.server.hostname === of),
    ask: (path) => {
      const request = { method: 'GET', path, query: {}, headers: {}, body: '', door: 'health' };
      const { status, body } = healthAnswer(cluster, request);
      return { status, body: JSON.parse(String(body)) };
    },
  };
}

function plan() {
  return updatePlan({
    masters: 3,
    workers: 2,
    operationId: '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
    cluster: 'test',
    createdMs: 0,
  });
}
