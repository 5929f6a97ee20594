import { isClosed, meantOperation } from '../model/active-operation.ts';
import { heldPods } from '../model/held-pods.ts';
import { kubernetesName } from '../model/kubernetes-name.ts';
import { knownPlan } from '../model/observed-plan.ts';
import { runOfPhase } from '../model/operation-runs.ts';
import { phaseKind } from '../model/phase-kinds.ts';
import { reachOf } from '../model/reach.ts';
import { nothingFetched, type RunOutput, type WhyFacts, type WhyQuestion } from '../model/why/asked.ts';
import { leafBehind } from '../model/why/leaf-behind.ts';
import type { Clock, Files, Processes, Units } from '../ports.ts';
import { clean } from '../protocol/clean.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Ledger, Poller } from './contracts.ts';
import { freshAgents } from './fresh-agents.ts';
import { createKubectl } from './kubectl.ts';
import { localGravity } from './local-gravity.ts';
import type { Runs } from './runs.ts';
import { within } from './within.ts';

export type WhyFactFinder = { find(question: WhyQuestion): Promise<WhyFacts> };

export type WhyWorld = {
  clock: Clock;
  processes: Pick<Processes, 'run'>;
  ledger: Ledger;
  poller: Pick<Poller, 'exclusive'>;
  runs: Pick<Runs, 'output'>;
  files: Files;
  units: Units;
};

/** An answer waits this long for what it asks outside, and no longer. */
const factMs = 5_000;
const tailBytes = 64 * 1024;
const tailLines = 300;

/**
 * Fetches what a question needs and nothing else: kubectl only for a leaf that moves pods and for what was left behind,
 * the update agents only where a leaf runs through one. Of a node all is known that is polled. What cannot be read in time is null: unknown, never none.
 */
export function createWhyFacts(world: WhyWorld): WhyFactFinder {
  const { clock } = world;
  return {
    async find(question) {
      const state = world.ledger.state();
      const cluster = { ...state, plan: knownPlan(state) };
      if (question.node) return nothingFetched(clock.now());
      const leaf = leafBehind(cluster, question);
      const soon = <T>(isNeeded: boolean, work: () => Promise<T>): Promise<T | null> =>
        isNeeded ? within(clock, factMs, work()) : Promise.resolve(null);
      const [pods, agents, nodes, output, busy] = await Promise.all([
        soon(leaf !== null && holdsPods(leaf), () => podFacts(world, leaf?.node ?? null)),
        soon(needsAgents(cluster, question, leaf), () => freshAgents(world, factMs)),
        soon(question.phase === null && isIdle(cluster), () => createKubectl(world, factMs).nodes()),
        soon(leaf !== null, () => outputOf(world, leaf)),
        soon(isHere(cluster, leaf), () =>
          localGravity({ ...world, binaries: cluster.binaries.map(({ path }) => path) }),
        ),
      ]);
      return { ...nothingFetched(clock.now()), ...pods, agents, nodes, output, busy };
    },
  };
}

function holdsPods({ kind, state }: Phase): boolean {
  return phaseKind(kind).movesPods && /drain/.test(kind) && (state === 'in_progress' || state === 'failed');
}

/** A leaf of another node runs through one; after the end of an operation some are left. */
function needsAgents(cluster: Cluster, { phase, refusal }: WhyQuestion, leaf: Phase | null): boolean {
  if (refusal !== null && /agent/.test(refusal)) return true;
  if (leaf === null) return phase === null && cluster.plan !== null;
  if (isIdle(cluster)) return phase === null;
  return leaf.runsOn !== null && !reachOf(cluster, null).isLocal(leaf);
}

/** No operation is on: none, a closed one, or one that failed and gave the cluster back. */
function isIdle(cluster: Cluster): boolean {
  const meant = meantOperation(cluster);
  if (meant === null || isClosed(meant)) return true;
  return meant.state === 'failed' && !/^updating/.test(cluster.status?.state ?? 'updating');
}

/** Who is at work on this machine counts for a leaf in progress here, where units can be asked. */
function isHere(cluster: Cluster, leaf: Phase | null): boolean {
  return cluster.units === 'systemd' && leaf?.state === 'in_progress' && reachOf(cluster, null).isLocal(leaf);
}

async function podFacts(
  world: WhyWorld,
  host: string | null,
): Promise<Pick<WhyFacts, 'pods' | 'budgets' | 'peers'>> {
  const kubectl = createKubectl(world, factMs);
  const node = host === null ? null : kubernetesName(world.ledger.state(), host);
  const [pods, budgets] = await Promise.all([node === null ? null : kubectl.podsOn(node), kubectl.budgets()]);
  const held = heldPods(pods ?? [], budgets ?? []);
  const namespaces = [...new Set(held.map(({ pod }) => pod.namespace))].slice(0, 3);
  const peers = await Promise.all(namespaces.map((each) => kubectl.podsIn(each)));
  return { pods, budgets, peers: peers.includes(null) ? null : peers.flatMap((each) => each ?? []) };
}

/** The last lines of this operation's newest run of the leaf: on our own disk. */
async function outputOf({ ledger, runs }: WhyWorld, leaf: Phase | null): Promise<RunOutput | null> {
  const run = leaf === null ? null : runOfPhase(ledger.state(), leaf.id);
  if (run === null) return null;
  const { total } = await runs.output(run.id, Number.MAX_SAFE_INTEGER, 0);
  const { bytes } = await runs.output(run.id, Math.max(0, total - tailBytes), tailBytes);
  const lines = clean(new TextDecoder().decode(bytes)).split('\n').slice(-tailLines);
  return { run: run.id, at: run.finishedAt, lines };
}
