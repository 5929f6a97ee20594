import type { Key } from './keys/key.ts';

/** Where a key counts: on every screen, on screens with a list, on one screen, or in one overlay. */
export const keyScopes = [
  'everywhere',
  'list',
  'overview',
  'plan',
  'nodes',
  'history',
  'operations',
  'runs',
  'menu',
  'card',
  'help',
  'runbook',
  'palette',
  'search',
  'copy',
  'why',
  'advised',
  'refused',
  'form',
  'linear',
] as const;
export type KeyScope = (typeof keyScopes)[number];

/**
 * The keys that move, show and open, one row each (design 8). Keys of actions stand in the table of actions. `label`
 * says what happens. Rows with a `hint` show at the bottom, that of the lowest `footer` first; the others are kept to
 * the help.
 */
export const keymap = [
  row(['j', 'down'], 'everywhere', 'down', 'move down, or scroll the text that has the focus'),
  row(['k', 'up'], 'everywhere', 'up', 'move up, or scroll the text that has the focus'),
  row(['ctrl-d', 'pagedown'], 'everywhere', 'page-down', 'move down by half a page'),
  row(['ctrl-u', 'pageup'], 'everywhere', 'page-up', 'move up by half a page'),
  row(['home'], 'everywhere', 'first', 'go to the first line'),
  row(['G', 'end'], 'everywhere', 'last', 'go to the last line'),
  row(
    ['a'],
    'everywhere',
    'menu',
    'list the actions for the selection, with the reason where one is not possible',
    [2, 'actions'],
  ),
  row(['/'], 'list', 'search', 'filter the list, or search the output that has the focus', [6, 'filter']),
  row(['n'], 'list', 'match-next', 'go to the next match of the filter or the search'),
  row(['N'], 'list', 'match-previous', 'go to the previous match of the filter or the search'),
  row([':'], 'everywhere', 'palette', 'find any action, screen or command by its name', [5, 'go']),
  row(['?'], 'everywhere', 'help', 'help (opens the runbook on a failed phase)', [4, 'keys']),
  row(['q'], 'everywhere', 'quit', 'back; quit from a top-level screen (nothing is stopped)', [8, 'quit']),
  row(['ctrl-c'], 'everywhere', 'leave', 'leave the console at once; nothing is stopped'),
  row(['t'], 'everywhere', 'time-mode', 'show times in UTC, in local time, or as ages', [13, 'time zone']),
  row(['y'], 'everywhere', 'copy', 'copy what is selected: its name, command, error or output', [14, 'copy']),
  row(['Y'], 'everywhere', 'copy-to-file', 'copy to a file (if the terminal has no clipboard access)'),
  row(['s'], 'everywhere', 'linear', 'plain-text mode (screen readers, copy/paste, slow links)', [
    15,
    'plain text',
  ]),
  row(['ctrl-l'], 'everywhere', 'repaint', 'draw the screen again'),
  row(['ctrl-z'], 'everywhere', 'suspend', 'suspend the console; the agent and its runs go on'),
  row(['o'], 'everywhere', 'output', 'show output of the selected (or latest) run', [7, 'output']),
  row(['w'], 'everywhere', 'why', 'explain the current state and the next step', [3, 'why']),
  row(['enter', 'l', 'right'], 'plan', 'into', 'open a group, or focus the details pane'),
  row(['h', 'left'], 'plan', 'out', 'close a group, or go to the one above'),
  row(['esc'], 'everywhere', 'back', 'go back: from the details, then from the filter'),
  row(['tab'], 'list', 'pane', 'switch pane'),
  row(['v'], 'plan', 'gantt', 'toggle Gantt view', [9, 'gantt']),
  row(['f'], 'plan', 'follow', 'follow what runs, fails or comes next', [10, 'follow']),
  row(['enter', 'l', 'right'], 'nodes', 'into', 'focus the details pane'),
  row(['h', 'left'], 'nodes', 'out', 'go back to the table'),
  row(['enter', 'l', 'right'], 'history', 'into', 'show the whole event'),
  row(['h', 'left'], 'history', 'out', 'go back to the list'),
  row(['enter', 'l', 'right'], 'operations', 'into', 'focus the details pane'),
  row(['h', 'left'], 'operations', 'out', 'go back to the list'),
  row(['enter', 'l', 'right'], 'runs', 'into', 'focus the output pane'),
  row(['h', 'left'], 'runs', 'out', 'go back to the list'),
  row(['j', 'down'], 'menu', 'down', 'move down'),
  row(['k', 'up'], 'menu', 'up', 'move up'),
  row(['enter'], 'menu', 'accept', 'review and confirm', [1, 'review']),
  row(['w'], 'menu', 'why', 'ask why the marked action is refused', [3, 'why']),
  row(['y'], 'menu', 'copy', 'copy the commands of the marked action', [4, 'copy']),
  row(['esc', 'q', 'a', 'ctrl-c'], 'menu', 'back', 'close the menu', [2, 'close']),
  row(['tab', 'right'], 'card', 'down', 'go to the next field or answer', [2, 'next field']),
  row(['shift-tab', 'left'], 'card', 'up', 'go to the previous field or answer'),
  row(['enter'], 'card', 'accept', 'confirm the selected answer', [3, 'confirm']),
  row(['esc', 'ctrl-c'], 'card', 'back', 'cancel: nothing is done', [1, 'cancel']),
  row(['up'], 'card', 'page-up', 'scroll the summary up'),
  row(['ctrl-d'], 'card', 'into', 'list every phase, or only the first few', [4, 'all phases']),
  row(['down'], 'card', 'page-down', 'scroll the summary down'),
  row(['w'], 'refused', 'why', 'ask why it is refused, and what to do next', [1, 'why']),
  row(['esc', 'ctrl-c'], 'refused', 'back', 'close the card: nothing is done', [2, 'close']),
  row(['j', 'down'], 'help', 'down', 'move down'),
  row(['k', 'up'], 'help', 'up', 'move up'),
  row(['enter'], 'help', 'accept', 'do what the marked key does', [1, 'do it']),
  row(['esc', 'q', '?', 'ctrl-c'], 'help', 'back', 'close the help', [2, 'close']),
  row(
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    'runbook',
    'check',
    'run the check with that digit, which only reads, and show its output',
    [1, 'to 9 run a check'],
  ),
  row(['j', 'down'], 'runbook', 'down', 'scroll down', [2, 'scroll']),
  row(['k', 'up'], 'runbook', 'up', 'scroll up'),
  row(['ctrl-d', 'pagedown', 'space'], 'runbook', 'page-down', 'scroll down by half a page'),
  row(['ctrl-u', 'pageup'], 'runbook', 'page-up', 'scroll up by half a page'),
  row(['home'], 'runbook', 'first', 'go to the first line'),
  row(['G', 'end'], 'runbook', 'last', 'go to the last line'),
  row(['?', 'tab'], 'runbook', 'help', 'show every key of the screen beneath', [3, 'keys']),
  row(['esc', 'q', 'ctrl-c'], 'runbook', 'back', 'close the runbook', [4, 'close']),
  row(['down'], 'palette', 'down', 'move down'),
  row(['up'], 'palette', 'up', 'move up'),
  row(['enter'], 'palette', 'accept', 'go there, or review the action', [1, 'go']),
  row(['esc', 'ctrl-c'], 'palette', 'back', 'close the palette', [2, 'close']),
  row(['enter'], 'search', 'accept', 'keep the filter and go back to the list', [1, 'keep the filter']),
  row(['esc', 'ctrl-c'], 'search', 'back', 'clear the filter', [2, 'clear filter']),
  row(['j', 'down'], 'copy', 'down', 'move down'),
  row(['k', 'up'], 'copy', 'up', 'move up'),
  row(['enter', 'y'], 'copy', 'accept', 'copy the marked text', [1, 'copy']),
  row(['Y'], 'copy', 'copy-to-file', 'write the marked text into a file', [2, 'into a file']),
  row(['esc', 'q', 'ctrl-c'], 'copy', 'back', 'copy nothing', [3, 'close']),
  row(['j', 'down'], 'why', 'down', 'scroll down'),
  row(['k', 'up'], 'why', 'up', 'scroll up'),
  row(['ctrl-d', 'pagedown'], 'why', 'page-down', 'scroll down by half a page'),
  row(['ctrl-u', 'pageup'], 'why', 'page-up', 'scroll up by half a page'),
  row(
    ['enter'],
    'advised',
    'accept',
    'review the next step, where it is an action (you will be asked to confirm)',
    [1, 'review the next step'],
  ),
  row(['y'], 'why', 'copy', 'copy the commands of the next step, or the whole answer', [2, 'copy']),
  row(['Y'], 'why', 'copy-to-file', 'write the same into a file'),
  row(['w'], 'why', 'why', 'ask again', [3, 'ask again']),
  row(['esc', 'q', 'ctrl-c'], 'why', 'back', 'close the answer; nothing is done', [4, 'close']),
  row(['tab', 'down'], 'form', 'down', 'go to the next field', [2, 'next field']),
  row(['shift-tab', 'up'], 'form', 'up', 'go to the previous field'),
  row(['right'], 'form', 'into', 'next value; j and space do too', [3, 'choose']),
  row(['left'], 'form', 'out', 'previous value; k does too'),
  row(['enter'], 'form', 'accept', 'go to the next field, and from the last one to the review', [
    1,
    'continue',
  ]),
  row(['esc', 'ctrl-c'], 'form', 'back', 'leave the form: nothing is done', [4, 'cancel']),
  row(['s', 'esc'], 'linear', 'linear', 'go back to the full screen'),
  row(['enter'], 'linear', 'standing', 'say where things stand'),
  row(['t'], 'linear', 'time-mode', 'times in UTC, or in local time'),
  row(['o'], 'linear', 'output', 'say the output of the newest run, and go on with it'),
  row(['w'], 'linear', 'why', 'say why what the screen is on is as it is, and what to do next'),
  row(['?'], 'linear', 'help', 'say what the keys do'),
  row(['ctrl-z'], 'linear', 'suspend', 'suspend the console; the agent and its runs go on'),
  row(['q', 'ctrl-c'], 'linear', 'leave', 'leave the console; nothing is stopped'),
] as const satisfies readonly KeymapRow[];

export type KeymapRow = {
  keys: readonly Key[];
  scope: KeyScope;
  command: string;
  label: string;
  footer: number | null;
  hint: string;
};

export type CommandName = (typeof keymap)[number]['command'];

function row<const Command extends string>(
  keys: readonly Key[],
  scope: KeyScope,
  command: Command,
  label: string,
  [footer, hint]: readonly [number, string] | readonly [null, ''] = [null, ''],
): KeymapRow & { command: Command } {
  return { keys, scope, command, label, footer, hint };
}
