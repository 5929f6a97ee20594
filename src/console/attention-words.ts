import type { Attention, AttentionCode } from '../model/attention.ts';
import type { MarkName } from '../theme/marks.ts';
import type { Role } from '../theme/roles.ts';
import type { ScreenId } from './screen-table.ts';

/** How each kind of call is written: its mark, the screen it is on, and its words from the longest to the shortest. */
type AttentionRow = {
  mark: MarkName;
  role: Role;
  screen: ScreenId;
  words(subject: string): readonly string[];
};

const rows: Record<AttentionCode, AttentionRow> = {
  'phase.failed': {
    mark: 'failed',
    role: 'bad',
    screen: 'plan',
    words: (phase) => [`FAILED ${lastNames(phase, 2)}`, `FAILED ${lastNames(phase, 1)}`, 'FAILED'],
  },
  'node.unexpected': {
    mark: 'offline',
    role: 'bad',
    screen: 'nodes',
    words: (node) => [`UNEXPECTED outage ${node}`, `UNEXPECTED ${node}`, 'UNEXPECTED'],
  },
  'autopilot.paused': {
    mark: 'paused',
    role: 'attend',
    screen: 'plan',
    words: (place) => [
      `AUTOPILOT PAUSED ${place.replace(/\/\S+/, (phase) => lastNames(phase, 2))}`,
      'AUTOPILOT PAUSED',
      'PAUSED',
    ],
  },
};

/** The row of one call: `× FAILED master-2/drain`, on the Plan. */
export function attentionRow({ code }: Pick<Attention, 'code'>): AttentionRow {
  return rows[code];
}

/** Its words in forms from the longest to the shortest. */
export function attentionForms({ code, subject }: Attention): readonly string[] {
  return rows[code].words(subject);
}

/** `master-2/drain`: the last names of a phase tell which node and what is done there. */
function lastNames(phase: string, count: number): string {
  return phase.split('/').slice(1).slice(-count).join('/');
}
