import { actions } from '../actions/table.ts';
import type { CommandName } from './keymap.ts';
import type { Meaning } from './lookup.ts';
import { type Findable, likeness } from './palette-likeness.ts';
import type { Scene } from './scene.ts';
import { screenTable } from './screen-table.ts';
import { nodesOf } from './shown-nodes.ts';

export type PaletteEntry = Findable & {
  meaning: Meaning;
  /** What tells it from others of the same name. */
  id: string;
  args: Record<string, string>;
};

type Bare = Omit<PaletteEntry, 'args'>;

/** Longer lists are found by their screen. */
const most = 50;

/**
 * What the palette offers for a query, best first: screens, commands, actions, and every phase and node of the cluster.
 * Words like `name=value`, with or without dashes before them, are an action's arguments. Expert actions answer to their
 * full id or gravity command alone (design 3).
 */
export function paletteEntries(
  query: string,
  scene: Pick<Scene, 'cluster' | 'outages' | 'now' | 'tree'>,
): PaletteEntry[] {
  const words = query.trim().split(/\s+/);
  const wanted = withoutValues(query.trim()).toLowerCase();
  const args = Object.fromEntries(words.filter((word) => word.includes('=')).map(splitArg));
  const all = [...screenEntries(), ...commandEntries(), ...actionEntries(wanted)];
  if (wanted === '') return all.map((entry) => ({ ...entry, args }));
  return [...all, ...nodeEntries(scene), ...phaseEntries(scene)]
    .flatMap((entry, place) => {
      const like = likeness(wanted, entry);
      return like === 0 ? [] : [{ entry: { ...entry, args }, like, place }];
    })
    .sort(
      (one, other) => other.like - one.like || risk(one.entry) - risk(other.entry) || one.place - other.place,
    )
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** Of what answers equally well, what destroys comes last. */
function risk({ destroys }: Findable): number {
  return destroys ? 1 : 0;
}

function screenEntries(): Bare[] {
  return screenTable.map((row) => ({
    meaning: { kind: 'screen', screen: row.id },
    id: row.digit,
    name: row.title,
    help: row.help,
    others: [row.id, row.digit, ...(otherNames[row.id] ?? [])],
    destroys: false,
  }));
}

/** What else a screen is looked for as: gravity's and other consoles' words. */
const otherNames: Partial<Record<(typeof screenTable)[number]['id'], readonly string[]>> = {
  overview: ['status', 'cluster', 'home'],
  plan: ['phases', 'tree'],
  nodes: ['health', 'servers'],
  history: ['events', 'timeline'],
  runs: ['commands'],
};

/** Commands of the keymap that are looked for by name. */
const commandRows: readonly {
  command: CommandName;
  name: string;
  help: string;
  others: readonly string[];
}[] = [
  {
    command: 'leave',
    name: 'Quit',
    help: 'leave the console; nothing is stopped',
    others: ['q', 'q!', 'wq', 'exit', 'leave'],
  },
  {
    command: 'help',
    name: 'Help',
    help: 'list every key of this screen',
    others: ['h', 'keys', '?', 'legend'],
  },
  {
    command: 'copy',
    name: 'Copy',
    help: 'copy the selection: its name, command, error or output',
    others: ['y', 'yank'],
  },
  {
    command: 'time-mode',
    name: 'Time zone',
    help: 'show times in UTC, in local time, or as ages',
    others: ['utc', 'local', 'time'],
  },
  {
    command: 'linear',
    name: 'Plain text',
    help: 'plain-text mode (screen readers, copy/paste, slow links)',
    others: ['text', 'lines'],
  },
  {
    command: 'output',
    name: 'Output',
    help: 'show output of the selected (or latest) run',
    others: ['logs', 'log', 'o'],
  },
  {
    command: 'why',
    name: 'Why',
    help: 'explain the current state and the next step',
    others: ['w', 'explain'],
  },
  {
    command: 'next-failure',
    name: 'Next failure',
    help: 'go to the next failed phase, unexpected outage or paused autopilot',
    others: ['failed', 'error', 'errors'],
  },
  { command: 'repaint', name: 'Redraw', help: 'draw the screen again', others: ['repaint', 'clear'] },
];

function commandEntries(): Bare[] {
  return commandRows.map(({ command, name, help, others }) => ({
    meaning: { kind: 'command', command },
    id: '',
    name,
    help,
    others,
    destroys: false,
  }));
}

function actionEntries(wanted: string): Bare[] {
  return actions
    .filter(
      ({ expert, id, gravity }) =>
        !expert ||
        wanted === id ||
        (gravity !== null && [wanted, `gravity ${wanted}`].includes(withoutValues(gravity))),
    )
    .map((row) => ({
      meaning: { kind: 'action', action: row.id },
      id: row.id,
      name: row.label,
      help: row.help,
      others: [row.id, ...(row.gravity === null ? [] : [row.gravity, withoutValues(row.gravity)])],
      destroys: row.risk === 'destroy',
    }));
}

function nodeEntries(scene: Pick<Scene, 'cluster' | 'outages' | 'now'>): Bare[] {
  return nodesOf(scene).map(({ name, ip, role, state }) => ({
    meaning: { kind: 'item', screen: 'nodes', item: ip },
    id: ip,
    name,
    help: `node, ${role ?? 'role unknown'}, ${state}`,
    others: [ip],
    destroys: false,
  }));
}

function phaseEntries({ tree }: Pick<Scene, 'tree'>): Bare[] {
  return [...tree.byId.values()].map(({ phase, name }) => ({
    meaning: { kind: 'item', screen: 'plan', item: phase.id },
    id: phase.id,
    name,
    help: `phase, ${phase.state.replaceAll('_', ' ')}`,
    others: [phase.id, phase.id.slice(1)],
    destroys: false,
  }));
}

/** A command without its `--name=value` words, as a query is looked up. */
function withoutValues(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => !word.includes('='))
    .join(' ');
}

function splitArg(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at).replace(/^-+/, ''), word.slice(at + 1)];
}
