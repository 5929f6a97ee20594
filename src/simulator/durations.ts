import type { PhaseDocument } from './plan-document.ts';
import { runsOn } from './world.ts';

const SECOND = 1000;

/** How long the work of an executor usually takes, in milliseconds (the est. columns of operations.md, near the middle). */
const USUAL: Readonly<Record<string, number>> = {
  update_init_leader: 12 * SECOND,
  update_init: 8 * SECOND,
  update_checks: 15 * SECOND,
  pre_update: 40 * SECOND,
  update_bootstrap_leader: 120 * SECOND,
  update_bootstrap: 90 * SECOND,
  coredns: 5 * SECOND,
  kubelet_permissions: 3 * SECOND,
  election_status: 6 * SECOND,
  drain_node: 60 * SECOND,
  update_system: 180 * SECOND,
  node_health: 25 * SECOND,
  taint_node: 2 * SECOND,
  untaint_node: 2 * SECOND,
  uncordon_node: 2 * SECOND,
  endpoints: 20 * SECOND,
  etcd_backup: 10 * SECOND,
  etcd_shutdown: 6 * SECOND,
  etcd_upgrade: 20 * SECOND,
  etcd_migrate: 4 * SECOND,
  etcd_restart: 15 * SECOND,
  etcd_restart_gravity: 30 * SECOND,
  config: 6 * SECOND,
  update_app: 60 * SECOND,
  labels: 3 * SECOND,
  cleanup_node: 15 * SECOND,
  restart: 90 * SECOND,
  update_environ: 5 * SECOND,
};

const UNKNOWN = 20 * SECOND;

/** One phase in this many takes far longer than usual. */
const OUTLIERS = 40;

/**
 * Durations of one world: the usual one, bent by the node (some are slower throughout), by chance, and now and then far
 * out. The same seed gives the same durations, in whatever order they are asked for.
 */
export function durations(seed: number): (phase: PhaseDocument) => number {
  return (phase) => {
    const usual = USUAL[phase.executor] ?? UNKNOWN;
    const node = 0.85 + 0.4 * chance(`${seed}/${runsOn(phase)?.hostname ?? ''}`);
    const luck = 0.7 + 0.6 * chance(`${seed}${phase.id}`);
    const outlier = chance(`${seed}!${phase.id}`) < 1 / OUTLIERS ? 3 : 1;
    return Math.round(usual * node * luck * outlier);
  };
}

/** A number in [0, 1) that a text always gives (FNV-1a, then mixed). */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000;
}
