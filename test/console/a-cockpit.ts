import type { Autopilot } from '../../src/protocol/autopilot.ts';
import type { Breakpoint } from '../../src/protocol/breakpoint.ts';
import type { Note } from '../../src/protocol/note.ts';
import { now } from './a-scene.ts';

const ann = { user: 'ann', from: 'master-1', tty: null, console: 'console-there' };
const at = new Date(now - 600_000).toISOString();

export function aBreakpoint(part: Partial<Breakpoint> = {}): Breakpoint {
  const phase = part.phase ?? null;
  return {
    id: `phase:${phase}`,
    operation: null,
    on: 'phase',
    phase,
    seconds: null,
    at: null,
    by: ann,
    set: at,
    ...part,
  };
}

export function aNote(part: Partial<Note> = {}): Note {
  return {
    operation: null,
    phase: '/masters/master-2/drain',
    text: 'the budget is theirs',
    by: ann,
    at,
    ...part,
  };
}

export function anAutopilot(part: Partial<Autopilot> = {}): Autopilot {
  return {
    operation: null,
    state: 'armed',
    by: ann,
    since: at,
    sentence: 'executes /masters/master-2/drain',
    hold: null,
    breakpoint: null,
    phase: null,
    run: null,
    passed: [],
    accepted: [],
    wrong: [],
    ...part,
  };
}
