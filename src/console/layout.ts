import type { ScreenId } from './screen-table.ts';

export type Size = { columns: number; rows: number };

/** Lines above and below the body: two of header, a rule, the footer. */
const chrome = 4;

/** From this width on a list shows the details of its selection beside it. */
const splitFrom = 110;

/** Lines between header and footer. */
export function bodyHeight(size: Size): number {
  return Math.max(1, size.rows - chrome);
}

/** From this height on a screen too narrow for two panes beside each other has them one above the other. */
const stackFrom = 40;
/** Plain lines have as many rows as there is something to say, and say the list alone. */
const endless = 1000;

/**
 * How list and details share the screen: beside each other, one above the other, or one in the place of the other. `list`
 * and `detail` are widths, null where the details have no room of their own; `below` is how many lines they have under
 * the list, 0 where they stand beside it. A list gets no wider than `most`.
 */
export type Panes = { list: number; detail: number | null; below: number };

export function panes(size: Size, most = 76): Panes {
  const { columns } = size;
  if (columns < splitFrom) return stacked(size);
  const list = Math.min(most, Math.floor(columns * 0.57));
  return { list, detail: columns - list - 3, below: 0 };
}

function stacked({ columns, rows }: Size): Panes {
  if (rows < stackFrom || rows >= endless) return { list: columns, detail: null, below: 0 };
  return { list: columns, detail: columns - 2, below: Math.floor((rows - chrome) * 0.4) };
}

/** What a line of the nodes can use. */
export const nodesListWidth = 132;

/** Whether a second pane is on the screen beside, or below, the list. */
export function hasSecondPane(screen: ScreenId, size: Size, gantt = false): boolean {
  if (screen === 'runs') return true;
  if (!hasPanes.has(screen) || gantt) return false;
  return panes(size, screen === 'nodes' ? nodesListWidth : undefined).detail !== null;
}

/** How many items of a screen's list are on the screen at once; the plan's as a Gantt are fewer. */
export function listHeight(screen: ScreenId, size: Size, gantt = false): number {
  const body = bodyHeight(size);
  if (gantt && screen === 'plan') return Math.max(1, ganttHeights(body).list);
  const below = hasPanes.has(screen) ? stacked(size).below : 0;
  return Math.max(1, listHeights[screen](body) - (size.columns < splitFrom ? below : 0));
}

/**
 * The lines of the Gantt: four of head (summary, selection, axis, the whole), the phases, and where enough room is left to
 * them a legend and the nodes.
 */
export function ganttHeights(body: number): { list: number; nodes: number } {
  const nodes = body >= 40 ? 8 : body >= 28 ? 6 : body >= 16 ? 4 : 0;
  return { list: body - 4 - (nodes === 0 ? 0 : nodes + 1), nodes };
}

/** The screens that show the details of the selection in a pane of their own. */
const hasPanes: ReadonlySet<ScreenId> = new Set<ScreenId>(['plan', 'nodes', 'operations']);

const listHeights: Record<ScreenId, (body: number) => number> = {
  overview: (body) => body,
  plan: (body) => body - 2,
  nodes: (body) => body - 1,
  history: (body) => body - 1 - timeStripHeight(body),
  operations: (body) => body - 1,
  runs: runsListHeight,
};

/**
 * The timeline has time from left to right above it where enough room is left to the list: an axis, the plan, and as many
 * nodes as leave more than half of the screen to the list.
 */
export function timeStripHeight(body: number): number {
  return body >= 16 ? 2 + Math.max(5, Math.floor(body / 2) - 5) : 0;
}

/** Runs share the body with the output of the one selected: a third, at most eight lines, under a line of head. */
export function runsListHeight(body: number): number {
  return Math.max(2, Math.min(8, Math.floor(body / 3)));
}
