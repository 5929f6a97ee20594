import type { ActionRow, Facts } from '../actions/row.ts';
import { readAgentStatus } from '../adapters/gravity/agent-status.ts';
import { readDisruptionBudgets } from '../adapters/kubernetes/disruption-budgets.ts';
import { readPods } from '../adapters/kubernetes/pods.ts';
import { drivingBinary } from '../model/driving-binary.ts';
import type { Clock, Finished, Processes } from '../ports.ts';
import type { Reading } from '../protocol/problem.ts';
import type { Ledger, Poller } from './contracts.ts';

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
/** Agents read less than this ago are not asked again. */
const youngMs = 60_000;
const maxBytes = 16 * 1024 * 1024;

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
        needs.includes('pods') ? within(clock, podsOf(world, nodeOf(world, row, args))) : null,
        needs.includes('agents') ? within(clock, agentsOf(world)) : null,
        risk === 'read'
          ? null
          : within(
              clock,
              world.poller.exclusive(async () => {}),
            ),
      ]);
      return { pods, agents, now: clock.now() };
    },
  };
}

/** The Kubernetes name of the node an action is about, which for a step is the next leaf's: the row itself tells. */
function nodeOf({ ledger, clock }: World, row: AskingRow, args: Record<string, unknown>): string | null {
  const cluster = ledger.state();
  const { about } = row.impact(cluster, args, { pods: null, agents: null, now: clock.now() });
  if (about === null) return null;
  const server = cluster.plan?.servers.find((each) => each.hostname === about);
  return server?.nodename || server?.ip || about;
}

/** Two commands of kubectl inside planet, `gravity exec` (commands.md): they need no lock of gravity's database. */
async function podsOf(world: World, node: string | null): Promise<Facts['pods']> {
  if (node === null) return null;
  const [pods, budgets] = await Promise.all([
    asked(
      world,
      ['get', 'pods', '--all-namespaces', `--field-selector=spec.nodeName=${node}`, '--output=json'],
      readPods,
    ),
    asked(world, ['get', 'poddisruptionbudgets', '--all-namespaces', '--output=json'], readDisruptionBudgets),
  ]);
  if (!pods?.ok) return null;
  const tight = budgets?.ok ? budgets.value.filter(({ disruptionsAllowed }) => disruptionsAllowed === 0) : [];
  return {
    count: pods.value.filter(({ daemon }) => !daemon).length,
    budgets: tight.map(({ namespace, name }) => `${namespace}/${name}`),
  };
}

async function asked<T>(
  world: World,
  words: string[],
  read: (text: string) => Reading<T>,
): Promise<Reading<T> | null> {
  const ended = await gravity(world, ['exec', 'kubectl', ...words]);
  return ended?.exitCode === 0 ? read(new TextDecoder().decode(ended.stdout)) : null;
}

/**
 * The last reading while it is young. Asking takes gravity's lock, so it waits for the poll under way; a dead agent is
 * dialled longer than we wait (client-facts 10).
 */
async function agentsOf(world: World): Promise<Facts['agents']> {
  const { agents, sources } = world.ledger.state();
  const { state, lastGood } = sources.agents;
  const ageMs = world.clock.now() - Date.parse(lastGood ?? '');
  if (agents !== null && state === 'good' && ageMs < youngMs) return agents;
  const ended = await world.poller.exclusive(() => gravity(world, ['agent', 'status']));
  if (ended?.outcome !== 'exited') return null;
  const reading = readAgentStatus(new TextDecoder().decode(ended.stdout));
  return reading.ok ? reading.value : null;
}

async function gravity({ processes, ledger }: World, argv: string[]): Promise<Finished | null> {
  const { binary } = drivingBinary(ledger.state());
  if (binary === null) return null;
  return processes.run({ path: binary.path, argv, cwd: '/' }, { timeoutMs: factMs, maxBytes });
}

function within<T>(clock: Clock, work: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const cancel = clock.after(factMs, () => resolve(null));
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      () => {
        cancel();
        resolve(null);
      },
    );
  });
}
