import type { ClusterNode, HealthView, HistoryEvent, LocalHealth } from '../cluster/cluster.ts';

/**
 * The health agent of one node with the serf beside it (satellite.md 4, 6): it remembers its own last result, what it
 * last collected of all, and the events it wrote of itself; a master also the events of everybody.
 */
export type HealthAgent = {
  node: ClusterNode;
  /** Serf's name of the node. */
  name: string;
  /** Stopped: nobody listens; frozen: it listens and never answers. */
  process: 'running' | 'frozen' | 'stopped';
  /** Whether its own serf answers it; where not, nothing it serves is ever renewed. */
  serf: 'alive' | 'dead';
  /** How the other serfs see the node; who left is in nobody's list. */
  member: 'alive' | 'failed' | 'left';
  /** Counts its lives: what was begun in an earlier one comes to nothing. */
  life: number;
  /** Its own last result; null before the first check. */
  local: LocalHealth | null;
  /** What it last collected; null before the first collection. */
  view: HealthView | null;
  rounds: number;
  /** What it wrote of itself, and how many of these each master has. */
  events: HistoryEvent[];
  told: Map<HealthAgent, number>;
  /** The events of all, on a master. */
  timeline: HistoryEvent[];
};

/** An agent that has not looked at anything yet. `cluster` is the cluster's name. */
export function newHealthAgent(node: ClusterNode, cluster: string): HealthAgent {
  return {
    node,
    name: serfName(node.server.advertise_ip, cluster),
    process: 'running',
    serf: 'alive',
    member: 'alive',
    life: 0,
    local: null,
    view: null,
    rounds: 0,
    events: [],
    told: new Map(),
    timeline: [],
  };
}

/** Serf's name of a node: its address with underscores, and the cluster's name (satellite.md 7). */
function serfName(ip: string, cluster: string): string {
  return `${ip.replaceAll('.', '_')}.${cluster}`;
}

/** Whether another agent gets an answer from it. */
export function answers({ node, process }: HealthAgent): boolean {
  return node.up && process === 'running';
}
