import type { Event } from '../../src/protocol/event.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';

type Changed = Extract<Event, { kind: 'phase.changed' }>;

/** The instant so many seconds after noon. */
export const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-22T12:00:00Z') + seconds * 1000).toISOString();

/** What the agent says of leaves of one plan; seconds after noon, for its clock and gravity's alike. */
export function leafEvents({ operation }: Plan) {
  const changed = (
    phase: string,
    [from, to]: readonly [PhaseState, PhaseState],
    seconds: number,
    by?: string | null,
  ): Changed => ({
    kind: 'phase.changed',
    seen: at(Math.ceil(seconds)),
    operation: operation.id,
    phase,
    from,
    to,
    at: at(seconds),
    error: null,
    ...(by === undefined ? {} : { by }),
  });
  return {
    changed,
    began: (phase: string, seconds: number) => changed(phase, ['unstarted', 'in_progress'], seconds),
    ran: (phase: string, began: number, ended: number) => [
      changed(phase, ['unstarted', 'in_progress'], began),
      changed(phase, ['in_progress', 'completed'], ended),
    ],
  };
}
