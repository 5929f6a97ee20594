import type { Facts } from '../actions/row.ts';
import type { Scene } from './scene.ts';

/** What the console knows without asking: pods are unknown here, and said to be. */
export function knownFacts({ cluster, now }: Scene): Facts {
  return { pods: null, agents: cluster.agents, now };
}
