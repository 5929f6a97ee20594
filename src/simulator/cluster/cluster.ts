import type { Life } from '../life.ts';
import type { ServerDocument } from '../plan-document.ts';
import type { OperationRecord, World } from '../world.ts';

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

export type ClusterNode = {
  server: ServerDocument;
  /** As serf tags it. */
  role: 'master' | 'node';
  /** Whether the machine runs at all. */
  up: boolean;
  /** Whether its system software is being replaced right now. */
  upgrading: boolean;
  /** Whether its etcd was stopped by the etcd upgrade. */
  etcdStopped: boolean;
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
};

/** One result of the health agents: what `/` serves and `gravity status` reads. */
export type HealthView = {
  at: number;
  status: 'running' | 'degraded';
  summary: string | null;
  nodes: NodeHealth[];
};

export type NodeHealth = {
  node: ClusterNode;
  name: string;
  /** Null when the node gave no answer. */
  answer: { status: 'running' | 'degraded'; probes: Probe[] } | null;
};

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
  /** Set by hand; otherwise etcd answers while most masters run it. */
  etcdDown: boolean;
  /** Address of the master that leads. */
  leader: string;
  health: HealthView;
  history: HistoryEvent[];
  alerts: Alert[];
  /** Until when somebody else holds the local database, in milliseconds of the world's clock. */
  lockedUntil: number;
  /** The transient unit `plan resume` works in. */
  resumeUnit: Life | null;
};
