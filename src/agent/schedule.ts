import type { ProblemCode } from '../protocol/problem.ts';
import type { PolledSource } from '../protocol/source.ts';

/** What decides how soon a source is read again. `cpuMs` is what its last reading cost, `failures` its failures in a row. */
export type Pace = { moving: boolean; cpuMs: number; failures: number; problem: ProblemCode | null };

type Row = { everyMs: (pace: Pace) => number; timeoutMs: number };

const second = 1000;
const minute = 60 * second;

/**
 * How often each source is read while all is well, and how long an answer may take (design 4: we must not hurt the
 * upgrade). Timeouts from client-facts 10: a plan waits up to 30 s for gravity's database, and twice that, 60.1 s, for the
 * update's before it says that it is locked; then 2.7 s with etcd down;
 * status takes 5 s then; `agent status` dials a dead agent for 30 s; `status history` would wait 60 s for a dead health
 * agent, and holds up the plan meanwhile, so it gets less.
 */
export const schedule = {
  plan: {
    everyMs: ({ moving, cpuMs }) => (moving ? Math.min(minute, Math.max(2 * second, 15 * cpuMs)) : minute),
    timeoutMs: 65 * second,
  },
  status: { everyMs: ({ moving }) => (moving ? 30 * second : minute), timeoutMs: minute },
  health: { everyMs: () => 30 * second, timeoutMs: 10 * second },
  history: { everyMs: () => 5 * minute, timeoutMs: 10 * second },
  agents: { everyMs: () => 5 * minute, timeoutMs: 40 * second },
  operations: { everyMs: () => 5 * minute, timeoutMs: 30 * second },
} as const satisfies Record<PolledSource, Row>;

/** After a lock or a hang the pause doubles with every failure in a row, up to this or to the source's own pace. */
const backOffCapMs = minute;
const crowded: ReadonlySet<ProblemCode | null> = new Set(['gravity.locked', 'binary.hangs'] as const);

/** Milliseconds from the beginning of one reading to the beginning of the next. */
export function pauseOf(source: PolledSource, pace: Pace): number {
  const everyMs = schedule[source].everyMs(pace);
  if (!crowded.has(pace.problem)) return everyMs;
  return Math.max(everyMs, Math.min(backOffCapMs, everyMs * 2 ** Math.min(10, pace.failures)));
}

/** Health agents collect every 30 s, and publish within a second or two where every node answers (findings H 11). */
const round = { everyMs: 30 * second, publishedMs: 2 * second, soonestMs: 20 * second } as const;

/**
 * Milliseconds from a reading of health, begun at `beganAt`, to the next, just after the endpoint publishes its next
 * collection; `collected` is when the last one began. Both by our clock, epoch ms. After the first the pause is 30 s.
 */
export function pauseToPublication({ collected, beganAt }: { collected: number; beganAt: number }): number {
  const earliest = beganAt + round.soonestMs - collected - round.publishedMs;
  return collected + round.publishedMs + Math.ceil(earliest / round.everyMs) * round.everyMs - beganAt;
}

/**
 * What is read after a run, and how long after its own last reading at the soonest: an operator who steps through
 * twenty leaves must not have every source read twenty times.
 */
export const afterRun: readonly { source: PolledSource; gapMs: number }[] = [
  { source: 'plan', gapMs: 0 },
  { source: 'status', gapMs: 10 * second },
  { source: 'agents', gapMs: 30 * second },
  { source: 'operations', gapMs: 30 * second },
  { source: 'history', gapMs: 30 * second },
];
