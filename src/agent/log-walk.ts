import { readProgressLine } from '../adapters/gravity/progress-line.ts';
import type { LogLine } from '../adapters/host/log-line.ts';
import { isFinal } from '../protocol/run.ts';
import { createPhaseWalk, forgetOnceRead, type PhaseWalk, type WalkWorld } from './phase-walk.ts';

/** Follows the leaves that a gravity goes through by what it logs, whoever started it. */
export type LogWalk = {
  takes(lines: readonly LogLine[]): void;
  /** Nobody writes this log any more: what it last began is told by the plan alone. */
  ended(): void;
};

/** A line of a log says what gravity prints; the unit of resume may be one that a run of ours left its work to. */
export function createLogWalk(world: WalkWorld, from: 'unit' | 'log'): LogWalk {
  const { clock, ledger } = world;
  const walks = new Map<string | null, PhaseWalk>();
  const runOf = () =>
    from === 'log'
      ? null
      : (ledger
          .state()
          .runs.find(({ state, steps }) => !isFinal(state) && steps.some(({ unit }) => unit !== undefined))
          ?.id ?? null);
  const walkOf = (run: string | null): PhaseWalk => {
    const walk = walks.get(run) ?? createPhaseWalk(world, { from, run });
    walks.set(run, walk);
    return walk;
  };
  const forget = (run: string | null) => {
    walks.delete(run);
    const phases = Object.keys(ledger.state().observed);
    if (phases.length > 0) void forgetOnceRead(world, { from, run }, phases);
  };
  return {
    takes(lines) {
      const run = runOf();
      const now = new Date(clock.now()).toISOString();
      const last = lines.findLastIndex(({ text }) => endsGravity(text));
      if (last >= 0 && run === null) forget(null);
      const told = lines
        .slice(last + 1)
        .map(({ text, at }) => ({ text, at: at !== null && at <= now ? at : now }));
      walkOf(run).prints(told);
    },
    ended: () => forget(null),
  };
}

/** Printed at the end of a single phase, and of a whole plan, whatever came of it. */
function endsGravity(text: string): boolean {
  const { kind } = readProgressLine(text);
  return kind === 'phase-finished' || kind === 'plan-finished';
}
