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

/** The widths of list and details: side by side when there is room, else the details have none of their own. A list gets no wider than `most`. */
export function panes(size: Size, most = 76): { list: number; detail: number | null } {
  if (size.columns < splitFrom) return { list: size.columns, detail: null };
  const list = Math.min(most, Math.floor(size.columns * 0.57));
  return { list, detail: size.columns - list - 3 };
}

/** What a line of the nodes can use. */
export const nodesListWidth = 132;

/** How many items of a screen's list are on the screen at once; the plan's as a Gantt are fewer. */
export function listHeight(screen: ScreenId, size: Size, gantt = false): number {
  const body = bodyHeight(size);
  const height = gantt && screen === 'plan' ? ganttHeights(body).list : listHeights[screen](body);
  return Math.max(1, height);
}

/**
 * The lines of the Gantt: four of head (summary, selection, axis, the whole), the phases, and where enough room is left to
 * them a legend and the nodes.
 */
export function ganttHeights(body: number): { list: number; nodes: number } {
  const nodes = body >= 40 ? 8 : body >= 28 ? 6 : body >= 16 ? 4 : 0;
  return { list: body - 4 - (nodes === 0 ? 0 : nodes + 1), nodes };
}

const listHeights: Record<ScreenId, (body: number) => number> = {
  overview: (body) => body,
  plan: (body) => body - 2,
  nodes: (body) => body - 1,
  history: (body) => body - 1 - timeStripHeight(body),
  operations: (body) => body - 1,
  runs: runsListHeight,
};

/** The timeline has time from left to right above it where enough room is left to the list: an axis, the plan, four nodes. */
export function timeStripHeight(body: number): number {
  return body >= 16 ? 6 : 0;
}

/** Runs share the body with the output of the one selected: a third, at most eight lines. */
export function runsListHeight(body: number): number {
  return Math.max(2, Math.min(8, Math.floor(body / 3)));
}
