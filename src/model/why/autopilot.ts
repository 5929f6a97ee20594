import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Breakpoint, BreakpointKind } from '../../protocol/breakpoint.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import type { Cause, NextStep } from '../../protocol/why.ts';
import { wrongs } from '../autopilot/wrongs.ts';
import { operationRuns } from '../operation-runs.ts';
import type { Asked } from './asked.ts';
import type { KnownPhase } from './known.ts';
import { leafRow } from './leaf-row.ts';
import { next } from './next.ts';
import type { Answer, Reason } from './reason.ts';
import { told } from './told.ts';

/** The autopilot of the plan's operation, null where none is armed. */
function pilotOf({ autopilot, plan }: Cluster): Autopilot | null {
  return autopilot !== null && autopilot.operation === (plan?.operation.id ?? null) ? autopilot : null;
}

/** It is paused at a breakpoint: nothing is wrong, somebody wanted to look first. */
const atBreakpoint: Reason = pilotRow('autopilot.breakpoint', (asked, pilot) => {
  if (pilot.state !== 'paused' || pilot.hold !== 'breakpoint') return null;
  const set = asked.cluster.breakpoints.find(({ id }) => id === pilot.breakpoint);
  const text =
    set === undefined
      ? `the autopilot is paused here: breakpoint ${pilot.breakpoint}, which was cleared since`
      : `the autopilot is paused here: breakpoint ${place(set)}, set by ${set.by.user} at ${set.set.slice(11, 19)}`;
  const clear = `clear the breakpoint instead: breakpoint.clear --id ${pilot.breakpoint}, then resume the autopilot`;
  return {
    causes: [{ text, source: 'agent', at: pilot.since }],
    next: next.action('resume the autopilot: it continues past this breakpoint', 'autopilot.go-on'),
    after: set === undefined ? null : `or ${clear}`,
  };
});

/** It is paused for another reason, and what it was paused for is not the state of this phase. */
const paused: Reason = pilotRow('autopilot.paused', (asked, pilot) => {
  if (pilot.state !== 'paused') return null;
  const hold = pilot.hold ?? 'operator';
  return { causes: [pausedCause(pilot)], ...nextByHold[hold](asked, pilot) };
});

type Hold = NonNullable<Autopilot['hold']>;
type Following = Pick<Answer, 'next' | 'after'>;

const resume = (text: string): Following => ({ next: next.action(text, 'autopilot.go-on'), after: null });

/** What to do about a pause, by its reason. */
const nextByHold: Record<Hold, (asked: Asked, pilot: Autopilot) => Following> = {
  breakpoint: () => resume('resume the autopilot'),
  failure: (_asked, { phase }) =>
    resume(`resume the autopilot: ${phase ?? 'what failed'} is no longer what stops it`),
  outage: ({ cluster, facts }) => {
    const [wrong] = wrongs(cluster, facts.now);
    if (wrong === undefined) return resume('resume the autopilot: nothing is wrong any longer');
    return { next: fixFirst(wrong), after: 'then resume the autopilot: autopilot.go-on' };
  },
  elsewhere: () => resume('make sure that nobody else runs the upgrade, then resume the autopilot'),
  refused: () => resume('once what refused the step is fixed, resume the autopilot'),
  operator: () => resume('resume the autopilot'),
  last: () => ({ next: next.action('complete the operation', 'operation.complete'), after: null }),
};

function fixFirst({ node, said }: { node: string | null; said: string }): NextStep {
  return next.hand(`fix it first: ${said}${node === null ? '' : `; press w on ${node} (Nodes screen)`}`);
}

/** It drives, and this phase's turn comes, unless it waits for something, which it says itself. */
const armed: Reason = pilotRow('autopilot.armed', (_asked, pilot, { phase }) => {
  const words =
    pilot.state === 'pausing'
      ? `the autopilot pauses after the phase that is running: ${pilot.sentence}`
      : `the autopilot, armed by ${pilot.by.user}, runs the plan: ${pilot.sentence}`;
  const wait =
    pilot.state === 'pausing'
      ? 'wait until that phase has ended'
      : `wait: the autopilot runs ${phase.id} when its turn comes`;
  return {
    causes: [{ text: words, source: 'agent', at: pilot.since }],
    next: next.wait(wait),
    after: pilot.state === 'pausing' ? 'then resume the autopilot: autopilot.go-on' : null,
  };
});

export const autopilotReasons: readonly Reason[] = [atBreakpoint, paused, armed];

/** Said beside whatever else is the reason: who would go on by itself does not. */
export function pausedBeside(asked: Asked, { causes }: Pick<Answer, 'causes'>): Cause[] {
  const pilot = pilotOf(asked.cluster);
  const { refusal, node } = asked.question;
  if (pilot?.state !== 'paused' || refusal !== null || node) return [];
  if (causes.some(({ source, text }) => source === 'agent' && text.startsWith('the autopilot'))) return [];
  const { text, ...cause } = pausedCause(pilot);
  return [{ ...cause, text: `${text}; autopilot.go-on resumes it` }];
}

/** Somebody stopped it, and nobody armed one since. */
export function stoppedCause(asked: Asked): Cause[] {
  if (asked.cluster.autopilot !== null) return [];
  const last = operationRuns(asked.cluster).find(
    ({ action, state }) => state === 'done' && /^autopilot\.(arm|go-on|stop)$/.test(action),
  );
  if (last?.action !== 'autopilot.stop') return [];
  return [{ ...told(asked, 'agent', `the autopilot was stopped by ${last.by.user}`), at: last.finishedAt }];
}

function pausedCause({ sentence, since }: Autopilot): Cause {
  return {
    text: `the autopilot is paused since ${since.slice(11, 19)}: ${sentence}`,
    source: 'agent',
    at: since,
  };
}

const places: Record<BreakpointKind, (breakpoint: Breakpoint) => string> = {
  phase: ({ phase }) => `before ${phase}`,
  'after-each-master': () => 'after each master',
  'before-etcd': () => 'before etcd',
  probe: ({ seconds }) => `at a probe that fails unexpectedly for ${seconds} s`,
  time: ({ at }) => `at ${at}`,
};

function place(breakpoint: Breakpoint): string {
  return places[breakpoint.on](breakpoint);
}

/** Rows about a phase that has yet to run, or to run again, while there is an autopilot. */
function pilotRow(
  id: string,
  answer: (asked: Asked, pilot: Autopilot, known: KnownPhase) => Omit<Answer, 'question'> | null,
): Reason {
  return leafRow(id, (asked, known) => {
    const pilot = pilotOf(asked.cluster);
    const { leaf, state } = known.phase;
    if (pilot === null || !leaf || (state !== 'unstarted' && state !== 'rolled_back')) return null;
    const found = answer(asked, pilot, known);
    return found && { question: `Why does ${known.phase.id} not run?`, ...found };
  });
}
