import { attention } from '../model/attention.ts';
import { emptyCluster } from '../model/empty-cluster.ts';
import { timingOf } from '../model/estimate/timing.ts';
import { fold } from '../model/fold.ts';
import { knownPlan } from '../model/observed-plan.ts';
import { outagesOf } from '../model/outage/outages.ts';
import { refreshSources } from '../model/refresh-sources.ts';
import { shownStates } from '../model/shown-states.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { StreamMessage } from '../protocol/stream.ts';
import { planTree } from './plan-tree.ts';
import type { Scene } from './scene.ts';

/** The scene after a message of the stream, heard at `now` by the agent's clock. */
export function hear(scene: Scene, message: StreamMessage, now: number): Scene {
  const cluster = after(scene.cluster, message);
  const { plan, observed } = scene.cluster;
  const isSame = cluster.plan === plan && cluster.observed === observed;
  const tree = isSame ? scene.tree : planTree(knownPlan(cluster));
  const outages = cluster === scene.cluster ? scene.outages : outagesOf(cluster);
  const connection: Scene['connection'] = { state: 'connected', heard: now, problem: null };
  return atTime({ ...scene, cluster, outages, tree, connection }, now);
}

/** The scene at another instant: what counts as running depends on it. */
export function atTime(scene: Scene, now: number): Scene {
  return {
    ...scene,
    now,
    states: shownStates(scene.cluster, now),
    timing: timingOf(scene.cluster, now, scene.timing),
    attention: attention({ ...scene, now }),
  };
}

function after(cluster: Cluster, message: StreamMessage): Cluster {
  // An older agent does not tell all that there is to tell today.
  if (message.type === 'snapshot') return { ...emptyCluster(message.state), ...message.state };
  if (message.type === 'event') return fold(cluster, message.event);
  return message.lastGood ? refreshSources(cluster, message.lastGood) : cluster;
}
