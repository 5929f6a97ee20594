import { needsControl } from '../actions/control.ts';
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
  /** `args` must be what the row's schema gave; `fresh` false: nothing is read for it. */
  find(row: AskingRow, args: Record<string, unknown>, fresh?: boolean): Promise<Facts>;
};

export type AskingRow = Pick<ActionRow, 'needs' | 'risk' | 'impact' | 'wheel'>;

type World = {
  clock: Clock;
  processes: Pick<Processes, 'run'>;
  ledger: Ledger;
  poller: Pick<Poller, 'exclusive' | 'readNow'>;
  /** Command lines of gravity at work on this machine, null where that cannot be looked at. */
  atWork: () => Promise<string[] | null>;
};

/** A judgement waits this long for what it asks outside, and no longer (design 3). */
const factMs = 5_000;

/**
 * Fetches what an action wants to know before it is judged. What cannot be read in time is null: unknown, never none.
 * What needs control is judged on news alone (design 4): the plan is read first, and this machine looked at for gravity.
 * Nothing else waits for that: an interrupt, stopping an autopilot, a note.
 */
export function createFactFinder(world: World): FactFinder {
  const { clock, poller } = world;
  return {
    async find(row, args, fresh = true) {
      const { needs } = row;
      const isJudgedOnNews = fresh && needsControl(row);
      const reading = isJudgedOnNews ? poller.readNow('plan', factMs) : Promise.resolve(null);
      // The node of the next leaf is that of the plan just read.
      const pods = async () => {
        await reading;
        return podsOf(world, nodeOf(world, row, args));
      };
      const [planUnread, found, agents, gravity] = await Promise.all([
        reading,
        needs.includes('pods') ? within(clock, factMs, pods()) : null,
        needs.includes('agents') ? within(clock, factMs, freshAgents(world, factMs)) : null,
        isJudgedOnNews ? within(clock, factMs, world.atWork()) : null,
      ]);
      return { pods: found, agents, gravity, planUnread, now: clock.now() };
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
  const count = pods.filter(({ daemon }) => !daemon).length;
  if (budgets === null) return { count, budgets: null };
  const held = heldPods(pods, budgets).map(({ budget }) => `${budget.namespace}/${budget.name}`);
  return { count, budgets: [...new Set(held)] };
}
