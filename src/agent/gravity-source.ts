import { readAnswer } from '../adapters/gravity/read-answer.ts';
import type { Finished, Processes } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import { problem, type Reading } from '../protocol/problem.ts';
import { type Attempt, nothingNew, type Outcome } from './attempt.ts';
import { sameBytes } from './same-bytes.ts';

/** A command of gravity that is polled: what it prints and what is new in it. */
export type GravitySource<T> = {
  argv: readonly string[];
  timeoutMs: number;
  parse: (stdout: string) => Reading<T>;
  news: (value: T, cluster: Cluster, seen: string) => Event[];
};

export type GravityParts = {
  processes: Pick<Processes, 'run'>;
  /** The binary polls use now, null while none works. */
  binary: () => string | null;
  /** What a gravity that does not work answered, null where there is none. */
  why: () => string | null;
  /** A directory that exists and stays: gravity crashes in a deleted one and leaves files in it (client-facts 12, 19). */
  cwd: string;
};

const maxBytes = 64 * 1024 * 1024;

/** Reads one command again and again; output equal to the last good one's is not even looked into. */
export function gravityReader<T>(parts: GravityParts, source: GravitySource<T>): () => Promise<Attempt> {
  let last: { finished: Finished; outcome: Outcome } | null = null;
  return async () => {
    const path = parts.binary();
    if (path === null) return { outcome: noBinary(source, parts.why()), durationMs: 0, cpuMs: 0 };
    const command = { path, argv: source.argv, cwd: parts.cwd };
    const finished = await parts.processes.run(command, { timeoutMs: source.timeoutMs, maxBytes });
    const cost = costOf(finished);
    if (last !== null && sameAnswer(last.finished, finished)) return { outcome: last.outcome, ...cost };
    const outcome = outcomeOf(source, finished);
    last = outcome.ok ? { finished, outcome: { ...outcome, news: nothingNew } } : last;
    return { outcome, ...cost };
  };
}

/**
 * A run that ended meanwhile is counted into the CPU of a poll (ports: waited-for children). What a reading cannot have
 * used in its time on two cores was not its own, else a long run would keep the next poll away for an hour.
 */
function costOf({ durationMs, cpuMs }: Finished): { durationMs: number; cpuMs: number } {
  return { durationMs, cpuMs: cpuMs === null ? durationMs : Math.min(cpuMs, 2 * durationMs) };
}

function outcomeOf<T>(source: GravitySource<T>, finished: Finished): Outcome {
  const reading = readAnswer(finished, nameOf(source), source.parse);
  if (!reading.ok) return reading;
  return {
    ok: true,
    remarks: reading.remarks,
    news: (cluster, seen) => source.news(reading.value, cluster, seen),
  };
}

function sameAnswer(last: Finished, now: Finished): boolean {
  return now.outcome === 'exited' && now.exitCode === last.exitCode && sameBytes(last.stdout, now.stdout);
}

function noBinary(source: { argv: readonly string[] }, why: string | null): Outcome {
  const reason = why === null ? 'no gravity was found' : `no gravity works: ${why}`;
  return { ok: false, problem: problem('binary.missing', `${nameOf(source)} cannot be run: ${reason}`) };
}

function nameOf({ argv }: { argv: readonly string[] }): string {
  return ['gravity', ...argv.filter((word) => !word.startsWith('-'))].join(' ');
}
