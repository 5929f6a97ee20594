/** What `gravity exec kubectl … -o json` tells, as far as a drain is concerned. Null is unknown, never none. */

/** Whose pods are meant: every label as here, and every expression true. */
export type LabelSelector = {
  labels: Readonly<Record<string, string>>;
  expressions: readonly { key: string; operator: string; values: readonly string[] }[];
};

/**
 * `node` the Kubernetes name of its node; `daemon` is one a drain leaves alone; `owner` what made it; `waits` why it
 * runs nowhere or is not ready, in Kubernetes' own words.
 */
export type Pod = {
  namespace: string;
  name: string;
  node: string | null;
  phase: string | null;
  ready: boolean | null;
  daemon: boolean;
  labels: Readonly<Record<string, string>>;
  owner: { kind: string; name: string } | null;
  waits: string | null;
};

/**
 * With none allowed a drain waits for as long as it may. `healthy` of `expected` pods are ready, `wanted` must be.
 * `selector` null selects no pod.
 */
export type DisruptionBudget = {
  namespace: string;
  name: string;
  disruptionsAllowed: number | null;
  healthy: number | null;
  wanted: number | null;
  expected: number | null;
  selector: LabelSelector | null;
};

/** A node: whether new pods are kept away from it, and the taints on it as `key=value:effect`. */
export type KubernetesNode = {
  name: string;
  cordoned: boolean;
  taints: readonly string[];
  ready: boolean | null;
};
