import type { HealthAgent } from '../health/health-agent.ts';
import type { Life } from '../life.ts';
import type { ServerDocument } from '../plan-document.ts';
import type { OperationRecord, World } from '../world.ts';
import type { Situation } from './situation.ts';

/** A probe as the health endpoint serves it (satellite.md 3). */
export type Probe = {
  checker: string;
  detail?: string;
  code?: string;
  status: 'running' | 'failed';
  error?: string;
  checker_data?: string;
  severity?: 'critical' | 'warning';
};

/** The databases of a node: that of an update, with the plan, and gravity's own. */
export type Database = 'update' | 'local';

export type ClusterNode = {
  server: ServerDocument;
  /** As serf tags it. */
  role: 'master' | 'node';
  /** Whether the machine runs at all. */
  up: boolean;
  /** The container everything runs in, the health agent too; while it starts, not all in it answers yet. */
  planet: 'up' | 'down' | 'starting';
  /** Counts the times its planet began or ended to be replaced. */
  swaps: number;
  /** Whether it takes part in the election of the leader. */
  mayLead: boolean;
  /** Whether its etcd was stopped by the etcd upgrade. */
  etcdStopped: boolean;
  /** Which release its planet and the etcd in it are of: that of before the update, or the one it brings. */
  software: { planet: 'before' | 'after'; etcd: 'before' | 'after' };
  /** How full its state directory is, in percent. */
  diskPercent: number;
  /** Probes somebody set, by checker: they win over what the node itself would say. */
  probes: Map<string, Probe>;
};

export type HistoryEvent = { at: number; kind: string; data: Record<string, string> };

/** An alert as the cluster's alert manager keeps it: name, severity and text, since when in milliseconds. */
export type Alert = {
  name: string;
  severity: string;
  message: string;
  since: number;
  labels: Record<string, string>;
  /** Told by somebody to be silent. */
  suppressed?: true;
  /** Sixteen hexadecimal digits; made from the name when absent. */
  fingerprint?: string;
};

/**
 * What one agent last collected: what `/` serves and `gravity status` reads. `at` is when the collection began, by its
 * own clock, in milliseconds; the status is null where it is unknown.
 */
export type HealthView = {
  at: number;
  status: 'running' | 'degraded' | null;
  summary: string | null;
  nodes: NodeHealth[];
};

export type NodeHealth = {
  node: ClusterNode;
  name: string;
  /** As serf sees it; unknown while a restarted agent knows nothing but its name. */
  member: 'alive' | 'failed' | 'unknown';
  /** Null when the node gave no answer, or had none yet. */
  answer: LocalHealth | null;
};

/** What a node last found out about itself. */
export type LocalHealth = { status: 'running' | 'degraded'; probes: Probe[] };

/** A simulated cluster around the operation it runs: nodes, health and history. */
export type Cluster = {
  world: World;
  name: string;
  application: { name: string; from: string; to: string };
  gravityVersion: string;
  token: string;
  installed: OperationRecord;
  nodes: Map<string, ClusterNode>;
  /** The host both doors stand on. */
  host: string;
  /** Whether the cluster's API answers; where it does not, gravity says so in yellow. */
  siteAnswers: () => boolean;
  /** What is there and what is missing around the nodes. */
  situation: Situation;
  /** Set by hand; otherwise etcd answers while most masters run it. */
  etcdDown: boolean;
  /** Address of the master that leads. */
  leader: string;
  /** The health agents by the hostname of their node, and who is told when one of them begins, ends or changes. */
  agents: Map<string, HealthAgent>;
  lives: Set<(agent: HealthAgent) => void>;
  /** What the agent of the host last collected; empty before its first collection. */
  readonly health: HealthView;
  /** The events the host's agent has; none on a node that is no master. */
  readonly history: readonly HistoryEvent[];
  alerts: Alert[];
  /** Pods, `namespace/name`, that a disruption budget does not let go. */
  heldPods: Set<string>;
  /** Nodes somebody cordoned, or made schedulable again, by hand, whatever the phases did. */
  cordoned: Map<string, boolean>;
  /** Somebody else's holds on the databases of a node, as long as they last. */
  locks: { node: string; database: Database; life: Life }[];
  /** The transient unit `plan resume` works in. */
  resumeUnit: Life | null;
};
