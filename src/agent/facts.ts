import type { ActionRow, Facts } from '../actions/row.ts';
import { heldPods } from '../model/held-pods.ts';
import { kubernetesName } from '../model/kubernetes-name.ts';
import { outagesOf } from '../model/outage/outages.ts';
import type { Clock, Processes } from '../ports.ts';
import type { Ledger, Poller } from './contracts.ts';
import { freshAgents } from './fresh-agents.ts';
import { createKubectl } from './kubectl.ts';
import { within } from './within.ts';

export type FactFinder = {
  /** `args` must be what the row's schema gave. */
  find(row: AskingRow, args: Record<string, unknown>): Promise<Facts>;
};

export type AskingRow = Pick<ActionRow, 'needs' | 'risk' | 'impact'>;

type World = {
  clock: Clock;
  processes: Pick<Processes, 'run'>;
  ledger: Ledger;
  poller: Pick<Poller, 'exclusive'>;
};

/** A judgement waits this long for what it asks outside, and no longer (design 3). */
const factMs = 5_000;

/**
 * Fetches what an action wants to know before it is judged. What cannot be read in time is null: unknown, never none.
 * What changes something is not judged on a reading that a run has just made old: the polls under way end first.
 */
export function createFactFinder(world: World): FactFinder {
  const { clock } = world;
  return {
    async find(row, args) {
      const { needs, risk } = row;
      const [pods, agents] = await Promise.all([
        needs.includes('pods') ? within(clock, factMs, podsOf(world, nodeOf(world, row, args))) : null,
        needs.includes('agents') ? within(clock, factMs, freshAgents(world, factMs)) : null,
        risk === 'read'
          ? null
          : within(
              clock,
              factMs,
              world.poller.exclusive(async () => {}),
            ),
      ]);
      return { pods, agents, now: clock.now() };
    },
  };
}

/** The node an action is about, which for a step is the next leaf's: the row itself tells. */
function nodeOf({ ledger, clock }: World, row: AskingRow, args: Record<string, unknown>): string | null {
  const cluster = ledger.state();
  return row.impact(cluster, args, { pods: null, agents: null, now: clock.now() }).about;
}

/**
 * The budgets that forbid to evict a pod of the node now; those of pods elsewhere are in nobody's way. While the plan has
 * stopped etcd nobody is asked: nothing could answer, and each phase that brings it back would be waited with.
 */
async function podsOf(world: World, host: string | null): Promise<Facts['pods']> {
  if (host === null || outagesOf(world.ledger.state()).etcdStopped(world.clock.now())?.noQuorum) return null;
  const kubectl = createKubectl(world, factMs);
  const node = kubernetesName(world.ledger.state(), host);
  const [pods, budgets] = await Promise.all([kubectl.podsOn(node), kubectl.budgets()]);
  if (pods === null) return null;
  const held = heldPods(pods, budgets ?? []).map(({ budget }) => `${budget.namespace}/${budget.name}`);
  return { count: pods.filter(({ daemon }) => !daemon).length, budgets: [...new Set(held)] };
}
