import { agentLife } from '../health/agent-life.ts';
import type { PhaseDocument } from '../plan-document.ts';
import type { WorkMoment } from '../world.ts';
import type { Cluster, ClusterNode } from './cluster.ts';

/** Which part of the work has passed when planet goes down, and when the new one starts. */
const DOWN_AT = 0.25;
const STARTS_AT = 0.5;

/**
 * Planet is unpacked, stopped and started anew: everything in it goes with it, the node's own health agent too, and
 * comes back piece by piece (health.md 6.2). It runs when the work is over, however it ended.
 */
export function replacePlanet(
  { cluster, node, phase }: { cluster: Cluster; node: ClusterNode; phase: PhaseDocument },
  moment: WorkMoment,
): void {
  node.swaps += 1;
  const swap = node.swaps;
  if (moment !== 'began') {
    if (node.planet === 'down' && node.up) agentLife.started(cluster, node);
    node.planet = 'up';
    return;
  }
  const { clock, duration, slowness } = cluster.world;
  const lastsMs = duration(phase) * (slowness.get(phase.id) ?? 1);
  const at = (part: number, run: () => void): void => {
    void clock.watch(lastsMs * part).then(() => {
      if (node.swaps === swap && node.up) run();
    });
  };
  at(DOWN_AT, () => {
    node.planet = 'down';
    agentLife.lost(cluster, node);
  });
  at(STARTS_AT, () => {
    node.planet = 'starting';
    agentLife.started(cluster, node);
  });
}
