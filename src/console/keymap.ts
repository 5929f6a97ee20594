import type { Key } from './keys/key.ts';

/** Where a key counts: on every screen, on screens with a list, on one screen, or in one overlay. */
export const keyScopes = [
  'everywhere',
  'list',
  'overview',
  'plan',
  'nodes',
  'history',
  'runs',
  'menu',
  'card',
  'help',
  'palette',
  'search',
] as const;
export type KeyScope = (typeof keyScopes)[number];

/**
 * The keys that move, show and open, one row each (design 8). Keys of actions stand in the table of actions.
 * `footer` ranks the row among those shown at the bottom, lowest first; null keeps it to the help.
 */
export const keymap = [
  row(['j', 'down'], 'everywhere', 'down', 'down'),
  row(['k', 'up'], 'everywhere', 'up', 'up'),
  row(['ctrl-d', 'pagedown'], 'everywhere', 'page-down', 'half a page down'),
  row(['ctrl-u', 'pageup'], 'everywhere', 'page-up', 'half a page up'),
  row(['home'], 'everywhere', 'first', 'first line'),
  row(['G', 'end'], 'everywhere', 'last', 'last line'),
  row(['a'], 'everywhere', 'menu', 'actions', 2),
  row(['/'], 'list', 'search', 'filter', 6),
  row(['n'], 'list', 'match-next', 'next match'),
  row(['N'], 'list', 'match-previous', 'previous match'),
  row([':'], 'everywhere', 'palette', 'palette', 7),
  row(['?'], 'everywhere', 'help', 'help', 3),
  row(['q'], 'everywhere', 'quit', 'quit', 9),
  row(['ctrl-c'], 'everywhere', 'leave', 'leave at once'),
  row(['t'], 'everywhere', 'time-mode', 'time zone', 10),
  row(['ctrl-l'], 'everywhere', 'repaint', 'draw the screen again'),
  row(['ctrl-z'], 'everywhere', 'suspend', 'suspend'),
  row(['o'], 'everywhere', 'output', 'output', 5),
  row(['enter', 'l', 'right'], 'plan', 'into', 'open a group, or the details'),
  row(['h', 'left'], 'plan', 'out', 'close a group, or go to its parent'),
  row(['esc'], 'everywhere', 'back', 'back'),
  row(['tab'], 'list', 'pane', 'other pane'),
  row(['f'], 'plan', 'follow', 'follow', 8),
  row(['enter', 'l', 'right'], 'nodes', 'into', 'details'),
  row(['h', 'left'], 'nodes', 'out', 'back to the table'),
  row(['enter', 'l', 'right'], 'history', 'into', 'the whole event'),
  row(['h', 'left'], 'history', 'out', 'back to the list'),
  row(['enter', 'l', 'right'], 'runs', 'into', 'its output'),
  row(['h', 'left'], 'runs', 'out', 'back to the list'),
  row(['j', 'down'], 'menu', 'down', 'down'),
  row(['k', 'up'], 'menu', 'up', 'up'),
  row(['enter'], 'menu', 'accept', 'open its card', 1),
  row(['esc', 'q', 'a', 'ctrl-c'], 'menu', 'back', 'close', 2),
  row(['tab', 'right'], 'card', 'down', 'next field', 2),
  row(['shift-tab', 'left'], 'card', 'up', 'previous field'),
  row(['enter'], 'card', 'accept', 'take the marked answer', 3),
  row(['esc', 'ctrl-c'], 'card', 'back', 'cancel', 1),
  row(['up'], 'card', 'page-up', 'scroll up'),
  row(['down'], 'card', 'page-down', 'scroll down'),
  row(['j', 'down'], 'help', 'down', 'down'),
  row(['k', 'up'], 'help', 'up', 'up'),
  row(['enter'], 'help', 'accept', 'do it', 1),
  row(['esc', 'q', '?', 'ctrl-c'], 'help', 'back', 'close', 2),
  row(['down'], 'palette', 'down', 'down'),
  row(['up'], 'palette', 'up', 'up'),
  row(['enter'], 'palette', 'accept', 'go', 1),
  row(['esc', 'ctrl-c'], 'palette', 'back', 'close', 2),
  row(['enter'], 'search', 'accept', 'keep the filter', 1),
  row(['esc', 'ctrl-c'], 'search', 'back', 'no filter', 2),
] as const satisfies readonly KeymapRow[];

export type KeymapRow = {
  keys: readonly Key[];
  scope: KeyScope;
  command: string;
  label: string;
  footer: number | null;
};

export type CommandName = (typeof keymap)[number]['command'];

function row<const Command extends string>(
  keys: readonly Key[],
  scope: KeyScope,
  command: Command,
  label: string,
  footer: number | null = null,
): { keys: readonly Key[]; scope: KeyScope; command: Command; label: string; footer: number | null } {
  return { keys, scope, command, label, footer };
}
