import type { PolledSource } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import { gravityReaders } from './gravity-sources.ts';
import { healthReader } from './health-sources.ts';
import { historyReader } from './history-source.ts';
import type { Pacer } from './pacer.ts';
import type { PollerOptions, PollerParts } from './poller.ts';
import { createTask, type Task } from './task.ts';
import type { Turns, Work } from './turns.ts';

type Taking = {
  pacer: Pacer;
  turns: Turns;
  /** The binary polls use now, null while none works; then `why` is what the best one answered. */
  binary: () => string | null;
  why: () => string | null;
  take: (source: PolledSource, attempt: Attempt) => void;
  /** A reading begins: what is told from now on to who waits for it is as of now or later. */
  begins: (source: PolledSource) => void;
};

/** One task for each source. */
export function sourceTasks(
  parts: PollerParts,
  options: PollerOptions,
  { pacer, turns, binary, why, take, begins }: Taking,
): Record<PolledSource, Task> {
  const gravity = gravityReaders({ ...parts, binary, why, cwd: options.cwd });
  const endpoint = { ...parts, cluster: parts.ledger.state, endpoint: options.health };
  const task = (source: PolledSource, read: () => Promise<Attempt>, turn: (work: Work) => Work): Task =>
    createTask({
      clock: parts.clock,
      pauseMs: () => pacer.pauseMs(source),
      work: turn(async (began) => {
        began();
        begins(source);
        take(source, await read());
      }),
    });
  return {
    plan: task('plan', gravity.plan, turns.inLane),
    status: task('status', gravity.status, turns.inLane),
    agents: task('agents', gravity.agents, turns.inLane),
    operations: task('operations', gravity.operations, turns.inLane),
    health: task('health', healthReader(endpoint), turns.beside),
    // The endpoint is asked beside gravity; only the gravity that stands in for it takes its turn.
    history: task(
      'history',
      historyReader(endpoint, () => turns.lane(gravity.history)),
      turns.beside,
    ),
  };
}
