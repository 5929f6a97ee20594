import type { Clock, Units } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Run } from '../protocol/run.ts';
import type { Ledger } from './contracts.ts';
import type { Outcome } from './run-outcome.ts';

const askMs = 5_000;
/** How long after the unit's end the operation's state may take to be read anew. */
const readMs = 120_000;

type World = { clock: Clock; units: Units; ledger: Ledger };
type Verdict = Pick<Outcome, 'state' | 'sentence'>;

/**
 * Follows work that was left to a systemd unit: first the unit to its end, then the operation as the cluster tells it.
 * An end that can be read nowhere is unknown, never done (design 3). `stop` ends the following, not the work.
 */
export async function followUnit(
  world: World,
  run: Run,
  unit: string,
  stopped: () => boolean,
): Promise<Verdict> {
  const { clock, ledger } = world;
  const result = await unitResult(world, unit, stopped);
  const ended = new Date(clock.now()).toISOString();
  const deadline = clock.monotonic() + readMs;
  for (;;) {
    const state = operationState(ledger.state(), run.operationId);
    const readSince = (ledger.state().sources.status.lastGood ?? '') > ended;
    if (state === 'completed') return { state: 'done', sentence: null };
    // A resume leaves an operation that failed before as failed until its own end: only what was read since tells.
    if (state === 'failed' && readSince)
      return { state: 'failed', sentence: `the operation failed: see ${unit}` };
    if (stopped() || readSince || clock.monotonic() > deadline) return undecided(result, unit, state);
    await pause(clock, askMs);
  }
}

/** Null when systemd could not tell. */
async function unitResult(
  { clock, units }: World,
  unit: string,
  stopped: () => boolean,
): Promise<string | null> {
  for (let unread = 0; unread < 3 && !stopped(); ) {
    const found = await units.state(unit);
    if (found === null) unread += 1;
    else if (!working.includes(found.active)) return found.result;
    await pause(clock, askMs);
  }
  return null;
}

const working = ['active', 'activating', 'reloading', 'deactivating'];

function operationState(cluster: Cluster, id: string | null): string | null {
  const { status } = cluster;
  if (status === null) return null;
  const known = [...status.activeOperations, ...(status.operation === null ? [] : [status.operation])];
  return known.find((operation) => operation.id === id)?.state ?? null;
}

function undecided(result: string | null, unit: string, state: string | null): Verdict {
  if (result !== null && result !== 'success')
    return {
      state: 'failed',
      sentence: `${unit} ended: ${result}; the operation is ${state ?? 'not known'}`,
    };
  return {
    state: 'unknown',
    sentence: `${unit} ended and the operation is ${state ?? 'not known'}: the plan tells how far it came`,
  };
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}
