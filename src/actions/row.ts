import type * as v from 'valibot';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact } from '../protocol/judgement.ts';
import type { Run } from '../protocol/run.ts';

/** What was fetched before judging; null is unknown, and is shown as unknown. */
export type Facts = {
  /** `budgets` are those that allow no eviction now, null where they could not be read. */
  pods: { count: number; budgets: string[] | null } | null;
  /** Update agents, freshly asked. */
  agents: { hostname: string; state: 'deployed' | 'offline' | 'unknown' }[] | null;
  /** Command lines of gravity at work on this machine, its units among them; absent where nobody looked. */
  gravity?: readonly string[] | null;
  /** Why the plan could not be read for this judgement; null where it was, absent where nobody asked. */
  planUnread?: string | null;
  /** The instant the judgement is made at, epoch ms. */
  now: number;
};

export type FactName = 'pods' | 'agents';

/**
 * A step as an action plans it; the judge adds the binary's path. `unit` names the systemd unit a step leaves its work
 * to before it returns 0: such a run is followed (`plan resume` without `--block`, engine-observed 6).
 */
export type PlannedStep = {
  program: 'gravity' | 'agent';
  argv: string[];
  phase: string | null;
  unit?: string;
  /** How it ends when it did what it is for, where that is not exit code 0. */
  expects?: { exitCode: number; says: string };
};

/** How an action is confirmed. `type` names whose name must be typed; `reason` whether a reason is asked too. */
export type ConfirmRule = 'none' | 'yes' | 'type(node)' | 'type(cluster)' | 'type(phase)';

export type Scope = 'cluster' | 'node' | 'operation' | 'phase' | 'run';

/**
 * One row of the table of actions (design 3). Everything a reader, a key, a menu, a confirmation, the agent's law or
 * docs/actions.md needs is a column; nothing about an action stands anywhere else.
 */
export type ActionRow<Args = Record<string, unknown>> = {
  id: string;
  key: string | null;
  label: string;
  help: string;
  /** The command an operator would type, for the palette; null for the agent’s own, or where it depends on an argument. */
  gravity: string | null;
  scope: Scope;
  risk: 'read' | 'change' | 'destroy';
  confirm: (cluster: Cluster, args: Args) => ConfirmRule;
  /** The rule in words, for documents: what is typed, and when. */
  confirmWords: string;
  lane: 'cluster' | 'read';
  args: v.GenericSchema<unknown, Args>;
  /** The phase, node or run an argument takes from the selection: argument name by scope. */
  takes: Partial<Record<Scope, string>>;
  expert: boolean;
  /** False where an argument is chosen somewhere else than in the selection, so that the menu cannot give it. */
  menu?: false;
  /** Whether a reason is asked for: expert rows always ask, others as this says. */
  reason?: (cluster: Cluster, args: Args) => boolean;
  /** Change and destroy rows need the wheel unless this is false (`run.interrupt`, the wheel itself). */
  wheel: boolean;
  /** It rolls phases back, and so depends on what the copy of the plan says of other nodes. */
  rollsBack?: true;
  needs: readonly FactName[];
  effect: 'run' | 'follow' | 'terminal' | 'agent';
  success: 'exit' | 'follow';
  steps: (args: Args, cluster: Cluster, facts: Facts) => PlannedStep[];
  /** A sentence why not, with the next step, or null. */
  blockedBy: (cluster: Cluster, args: Args, facts: Facts) => Refusal | null;
  impact: (cluster: Cluster, args: Args, facts: Facts) => Impact;
  /** The arguments a run of it that stopped half-way is judged with to go on; absent where it cannot go on. */
  goesOn?: (run: Run) => Record<string, unknown>;
  /** The action this one stands for: once it may, that one is judged in its place. Null where there is none. */
  standsFor?: (cluster: Cluster, args: Args) => { row: ActionRow; args: Record<string, unknown> } | null;
  /** Arguments and words that show the row at work: docs/actions.md and the test that runs every row use them. */
  sample: { args: Record<string, unknown> };
};

export type Refusal = { sentence: string; nextStep: string | null };
