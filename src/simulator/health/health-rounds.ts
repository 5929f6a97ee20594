import type { Cancel, Clock } from '../../ports.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { healthRound } from './health-round.ts';

const ROUND_MS = 30_000;

/** Runs a round at once and then every 30 s, sooner in a fast world; a paused world is still looked at. */
export function healthRounds(cluster: Cluster, clock: Clock, speed: () => number): Cancel {
  let cancel: Cancel = () => {};
  const round = (): void => {
    healthRound(cluster);
    cancel = clock.after(Math.max(250, ROUND_MS / Math.max(1, speed())), round);
  };
  round();
  return () => cancel();
}
