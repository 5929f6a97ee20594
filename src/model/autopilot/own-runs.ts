import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import type { Identity } from '../../protocol/identity.ts';
import type { Run } from '../../protocol/run.ts';

const pilotUser = 'autopilot, armed by ';

/** Who the autopilot is: at the wheel, in its runs and in the journal. It has no console. */
export function pilotIdentity({ by }: Pick<Autopilot, 'by'>): Identity {
  return { user: `${pilotUser}${by.user}`, from: by.from, tty: by.tty, console: null };
}

/** Whether somebody is this autopilot. */
export function isPilot(pilot: Autopilot, by: Identity | null): boolean {
  return by !== null && by.console === null && by.user === pilotIdentity(pilot).user;
}

/** Whether a run was a step of any autopilot. */
export function isPiloted({ by }: Pick<Run, 'by'>): boolean {
  return by.console === null && by.user.startsWith(pilotUser);
}

/** Its steps since it was armed or let go on, newest first, without those that were dropped. */
export function ownRuns({ runs }: Cluster, pilot: Autopilot): Run[] {
  const since = Date.parse(pilot.since);
  return runs.filter(
    (run) => isPilot(pilot, run.by) && Date.parse(run.queuedAt) >= since && !wasDropped(run),
  );
}

/** It waited and was never begun, by nobody's wish: its agent ended, or what it would do had changed. */
export function wasDropped({ state, startedAt, interruptedBy }: Run): boolean {
  return state === 'cancelled' && startedAt === null && interruptedBy === null;
}

/** The leaf a step is about. */
export function leafOf(run: Run): string | null {
  return run.steps[0]?.phase ?? null;
}
