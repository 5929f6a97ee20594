import { readProgressLine } from '../adapters/gravity/progress-line.ts';
import {
  type Begun,
  followsOn,
  phaseBegan,
  planToldOf,
  type Told,
  type Witness,
} from '../model/observed-changes.ts';
import type { Clock } from '../ports.ts';
import type { Ledger, Poller } from './contracts.ts';

export type WalkWorld = {
  clock: Pick<Clock, 'now'>;
  ledger: Pick<Ledger, 'state' | 'record'>;
  poller: Pick<Poller, 'planRead'>;
};

export type Printed = { text: string; at: string };

/** The leaves that one gravity goes through, as it says so itself: told to the ledger as they begin. */
export type PhaseWalk = Told & {
  /** What gravity will begin with, before it says so. */
  expects(begun: Begun): void;
  /** What it printed and when; of leaves that passed in lines read at once only the last is news. */
  prints(lines: readonly Printed[]): void;
};

/**
 * Gravity goes on only when a leaf succeeded, and its plan says so by then: a leaf it went on from counts as running until
 * the plan was read since, and no longer.
 */
export function createPhaseWalk(world: WalkWorld, witness: Witness): PhaseWalk {
  const { ledger } = world;
  const announced = new Set<string>();
  const passed = new Set<string>();
  const open = new Map<string, Begun>();

  const begins = (begun: Begun): string[] => {
    const over = [...open.keys()].filter((phase) => followsOn(ledger.state(), phase, begun.phase));
    for (const phase of over) {
      open.delete(phase);
      passed.add(phase);
    }
    passed.delete(begun.phase);
    open.set(begun.phase, begun);
    return over;
  };
  const tell = (phases: ReadonlySet<string>) => {
    for (const [phase, begun] of open)
      if (phases.has(phase)) ledger.record(...phaseBegan(ledger.state(), witness, begun));
  };
  return {
    announced,
    passed,
    expects(begun) {
      begins(begun);
      tell(new Set([begun.phase]));
    },
    prints(lines) {
      const begun = lines.flatMap((line) => begunIn(line) ?? []);
      const over = begun.flatMap(begins);
      const phases = new Set(begun.map(({ phase }) => phase));
      for (const phase of phases) announced.add(phase);
      tell(phases);
      if (over.length > 0) void forgetOnceRead(world, witness, over);
    },
  };
}

/** The plan has been read since: it tells all there is to tell of these. */
export async function forgetOnceRead(
  { clock, ledger, poller }: WalkWorld,
  witness: Witness,
  phases: readonly string[],
): Promise<void> {
  while (!(await poller.planRead()));
  ledger.record(...planToldOf(ledger.state(), witness, phases, new Date(clock.now()).toISOString()));
}

/** The leaf a line of gravity says it begins; null for every other line, and for a dry run, which begins nothing. */
function begunIn({ text, at }: Printed): Begun | null {
  const read = readProgressLine(text);
  if (read.kind === 'executing') return { phase: read.phase, way: 'execute', node: read.node, at };
  if (read.kind !== 'rolling-back' || read.dryRun) return null;
  return { phase: read.phase, way: 'rollback', node: read.node, at };
}
