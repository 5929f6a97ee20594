import { type Changelog, copyMissing, type Entry, newestByPhase } from './changelog.ts';
import type { Fault } from './fault.ts';
import { goTime } from './go-time.ts';
import type { Life } from './life.ts';
import { operationKind } from './operation-kind.ts';
import { type PhaseTree, phaseTree } from './phase-tree.ts';
import type { PhaseDocument, PhaseError, PhaseState, PlanDocument, ServerDocument } from './plan-document.ts';
import type { WorldClock } from './world-clock.ts';

/** What happens instead of a phase's own work, by the moment it happens. */
export type Arrangement = {
  precheck?: Fault;
  execute?: Fault;
  postcheck?: Fault;
  rollback?: Fault;
  /** The process that does its work dies in it, once. */
  crash?: true;
  /** The process the command was given to is killed while it runs, once. */
  kill?: true;
};

/** An operation as the cluster keeps it; `progress` is the last thing it said of itself. Times in milliseconds. */
export type OperationRecord = {
  id: string;
  type: string;
  state: string;
  created: number;
  progress: { message: string; completion: number; created: number };
};

/** A simulated cluster: an immutable plan, what was recorded since, and what was arranged. */
export type World = {
  plan: PlanDocument;
  tree: PhaseTree;
  operation: OperationRecord;
  clusterState: string;
  clock: WorldClock;
  /** Everything ever recorded, in the order it was written, on whatever node. */
  journal: Entry[];
  /** The cluster's own copy of the changelog, in etcd, and that of each node. */
  stores: { cluster: Changelog; nodes: Map<string, Changelog> };
  /** The nodes whose own copy of the operation says that it is completed: there no command finds it (nodes-facts 10). */
  closedOn: Set<string>;
  /** Whether the cluster's own store answers (`etcdctl cluster-health`). */
  etcdAnswers: () => boolean;
  /** How long a node's clock is ahead, in milliseconds. */
  clockOffsets: Map<string, number>;
  /** How old what a node fetches from etcd is at least, in milliseconds. */
  lags: Map<string, number>;
  arranged: Map<string, Arrangement>;
  agentsDown: Set<string>;
  /** What update agents are doing for a command given elsewhere. */
  calls: Set<AgentCall>;
  /** Nodes whose update agent is killed at the next work it does. */
  agentKills: Set<string>;
  /** The ends of remote parts that have lost their agent. */
  orphans: Set<Promise<unknown>>;
  /** By how much somebody slowed a phase down. */
  slowness: Map<string, number>;
  /** How long the work of a phase usually takes, in simulated milliseconds. */
  duration: (phase: PhaseDocument) => number;
  /** Update agents run inside the commanding process, so a crash takes both down: as where the engine was recorded. */
  oneProcess: boolean;
  /** What stands in the way of a phase's work right now; a world without nodes around it has nothing of the kind. */
  obstacle: (phase: PhaseDocument) => Obstacle | null;
  /** Every process at work, by the node it runs on: it dies with its node. */
  processes: Set<WorldProcess>;
  /** Called when work on a phase begins and when it ends, and how. */
  watchers: Set<(phase: PhaseDocument, moment: WorkMoment) => void>;
};

/** Something that keeps a phase from its end: gravity waits `patienceMs` for it to pass, then fails. `says`: what it prints at each look. */
export type Obstacle = { fault: Fault; patienceMs: number; says?: string };

export type WorldProcess = { node: string; life: Life };

/** A remote part: the node it runs on, and whether the agent that started it, and with it the connection, is lost. */
export type AgentCall = { node: string; lost: Life };

export type WorkMoment = 'began' | 'executed' | 'rolled back' | 'failed' | 'abandoned';

export type WorldOptions = {
  plan: PlanDocument;
  clock: WorldClock;
  duration?: (phase: PhaseDocument) => number;
};

/** Makes a cluster about to run `plan`; states the plan carries count as its changelog. */
export function createWorld({ plan, clock, duration }: WorldOptions): World {
  const kind = operationKind(plan.operation_type);
  const created = Date.parse(plan.created_at);
  const world: World = {
    plan,
    tree: phaseTree(plan),
    operation: {
      id: plan.operation_id,
      type: plan.operation_type,
      state: kind.running,
      created,
      progress: { message: 'initializing the operation', completion: 0, created },
    },
    clusterState: kind.cluster,
    clock,
    journal: [],
    stores: { cluster: new Map(), nodes: new Map(plan.servers.map(({ hostname }) => [hostname, new Map()])) },
    closedOn: new Set(),
    etcdAnswers: () => true,
    clockOffsets: new Map(),
    lags: new Map(),
    arranged: new Map(),
    agentsDown: new Set(),
    calls: new Set(),
    agentKills: new Set(),
    orphans: new Set(),
    slowness: new Map(),
    duration: duration ?? (() => 0),
    oneProcess: false,
    obstacle: () => null,
    processes: new Set(),
    watchers: new Set(),
  };
  for (const { phase } of world.tree.byId.values()) adopt(world, phase);
  return world;
}

/** The store of one node; a node outside the plan starts with an empty one. */
export function storeOf({ stores }: World, node: string): Changelog {
  const known = stores.nodes.get(node);
  if (known !== undefined) return known;
  const empty: Changelog = new Map();
  stores.nodes.set(node, empty);
  return empty;
}

/** What a node believes of every phase: its own copy alone, however old (nodes-facts 8.1). */
export function statesOn(world: World, node: string): Map<string, Entry> {
  return newestByPhase(storeOf(world, node));
}

/** What was really done to every phase last, whoever knows of it and whatever clock it was stamped by. */
export function lastDone({ journal }: World): Map<string, Entry> {
  return new Map(journal.map((entry) => [entry.phaseId, entry]));
}

/** Writes a transition into a node's own copy; the same process then reconciles it (nodes-facts 1, 2). */
export function record(world: World, node: string, { agoMs = 0, ...change }: Change): void {
  const created = Math.round(world.clock.now() + (world.clockOffsets.get(node) ?? 0) - agoMs);
  const id = `${world.operation.id}-${world.journal.length}`;
  const entry: Entry = { id, created, stamp: goTime.json(created), error: null, ...change };
  world.journal.push(entry);
  storeOf(world, node).set(id, entry);
  reconcile(world, node);
}

/** `agoMs`: it happened that long ago. */
export type Change = { phaseId: string; state: PhaseState; error?: PhaseError | null; agoMs?: number };

/**
 * Brings a node's copy and etcd's together: every entry of every phase that either lacks. Where etcd does not answer
 * gravity goes on without a word (nodes-facts 2.1). No other node's copy changes.
 */
export function reconcile(world: World, node: string): void {
  if (!world.etcdAnswers()) return;
  const { cluster } = world.stores;
  copyMissing(storeOf(world, node), cluster);
  copyMissing(cluster, storeOf(world, node), seenBy(world, node));
}

/** Up to when a node knows what others wrote. */
function seenBy({ clock, lags }: World, node: string): number {
  const lag = lags.get(node);
  return lag === undefined ? Number.POSITIVE_INFINITY : clock.now() - lag;
}

/** The server a phase runs on; null when it runs wherever the command is given. */
export function runsOn({ data }: PhaseDocument): ServerDocument | null {
  return data?.exec_server ?? data?.server ?? null;
}

function adopt(world: World, phase: PhaseDocument): void {
  if (phase.state === undefined || phase.state === '') return;
  const entry: Entry = {
    id: `adopted${phase.id}`,
    phaseId: phase.id,
    state: knownState(phase.state),
    created: Date.parse(phase.updated),
    stamp: phase.updated,
    error: phase.error ?? null,
  };
  world.journal.push(entry);
  world.stores.cluster.set(entry.id, entry);
  for (const store of world.stores.nodes.values()) store.set(entry.id, entry);
}

const STATES: readonly PhaseState[] = ['unstarted', 'in_progress', 'completed', 'failed', 'rolled_back'];

function knownState(text: string): PhaseState {
  return STATES.find((state) => state === text) ?? 'unstarted';
}
