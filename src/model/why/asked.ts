import type { Cluster } from '../../protocol/cluster.ts';
import type { DisruptionBudget, KubernetesNode, Pod } from '../../protocol/kubernetes.ts';
import type { Outages } from '../outage/outages.ts';
import type { KnownAgents } from '../reach.ts';

/**
 * What is asked about: a phase, or the operation as a whole when `phase` is null; `refusal` is the sentence something
 * was refused with (an action's, a run's), where that is the question; `node` a node, by its name, where it is about one
 * and not about the plan.
 */
export type WhyQuestion = { phase: string | null; refusal: string | null; node?: string | null };

/** The last lines a run printed, cleaned, oldest first. */
export type RunOutput = { run: string; at: string | null; lines: readonly string[] };

/**
 * What was fetched before answering; null is unknown, or not asked because the question needs none of it. `now` is epoch
 * ms by the agent's clock. `pods` are those of the node the phase is about, `budgets` those of the whole cluster,
 * `peers` the pods of the namespaces of budgets that hold one of them. `busy` are command lines of gravity at work on
 * this machine, its services among them.
 */
export type WhyFacts = {
  now: number;
  agents: KnownAgents;
  pods: readonly Pod[] | null;
  budgets: readonly DisruptionBudget[] | null;
  peers: readonly Pod[] | null;
  nodes: readonly KubernetesNode[] | null;
  output: RunOutput | null;
  busy: readonly string[] | null;
};

export type Asked = { cluster: Cluster; outages: Outages; question: WhyQuestion; facts: WhyFacts };

/** What who runs a phase is told from: no question and no outages. */
export type Known = Pick<Asked, 'cluster' | 'facts'>;

/** Nothing was fetched. */
export function nothingFetched(now: number): WhyFacts {
  return {
    now,
    agents: null,
    pods: null,
    budgets: null,
    peers: null,
    nodes: null,
    output: null,
    busy: null,
  };
}
