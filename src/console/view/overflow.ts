import { eventKey, historyItems } from '../history-items.ts';
import { cursorOf } from '../items.ts';
import { bodyHeight, nodesListWidth, panes } from '../layout.ts';
import { autopilotLines } from '../list-lines.ts';
import { nodeItems } from '../node-items.ts';
import { operationItems } from '../operation-items.ts';
import { runItems } from '../run-items.ts';
import type { Scene } from '../scene.ts';
import type { ScreenId } from '../screen-table.ts';
import type { Ui } from '../ui.ts';
import { eventDetailRows } from './history.ts';
import { nodeDetailRows } from './node-detail.ts';
import { operationDetailRows } from './operation-detail.ts';
import { overviewText } from './overview.ts';
import { planDetailRows } from './plan-detail.ts';
import { runHeadRows } from './run-head.ts';

/** How many lines of the text that has the focus do not fit: how far it can be scrolled. */
export function overflow(scene: Scene, ui: Ui): number {
  return Math.max(0, lengths[ui.screen](scene, ui) - shownLines(scene, ui));
}

/** The lines of each screen's text together with those that stand above it. */
const lengths: Record<ScreenId, (scene: Scene, ui: Ui) => number> = {
  overview: (scene, ui) => overviewText(scene, ui).length,
  plan: (scene, ui) => {
    const node = scene.tree.byId.get(cursorOf(scene, ui) ?? '');
    return node === undefined
      ? 0
      : 2 +
          autopilotLines(scene.cluster, ui) +
          planDetailRows({ scene, ui, node, width: ui.gantt ? scene.size.columns - 2 : detailWidth(scene) })
            .length;
  },
  nodes: (scene, ui) => {
    const items = nodeItems(scene, ui.lists.nodes.filter);
    const node = items.find((one) => one.ip === ui.lists.nodes.selected) ?? items[0];
    return node === undefined
      ? 0
      : 1 + nodeDetailRows(node, scene, { ui, width: detailWidth(scene, nodesListWidth) }).length;
  },
  history: (scene, ui) => {
    const items = historyItems(scene, ui.lists.history.filter);
    const event = items.find((one) => eventKey(one) === ui.lists.history.selected) ?? items[0];
    return event === undefined ? 0 : 1 + eventDetailRows(event, scene, ui).length;
  },
  operations: (scene, ui) => {
    const items = operationItems(scene.cluster, ui.lists.operations.filter);
    const one = items.find(({ id }) => id === ui.lists.operations.selected) ?? items[0];
    return one === undefined
      ? 0
      : 1 + operationDetailRows(one, scene, { ui, width: detailWidth(scene) }).length;
  },
  runs: (scene, ui) => {
    const items = runItems(scene.cluster, ui.lists.runs.filter);
    const run = items.find(({ id }) => id === ui.lists.runs.selected) ?? items[0];
    return run === undefined ? 0 : runHeadRows(run, scene, ui).length + scene.output.lines.length;
  },
};

/** How many lines there are for it; one above the other, list and details share the body, whose head is counted in. */
function shownLines({ size, cluster }: Scene, ui: Ui): number {
  const { screen } = ui;
  const { below } = panes(size, screen === 'nodes' ? nodesListWidth : undefined);
  const stacks = below > 0 && ['plan', 'nodes', 'operations'].includes(screen);
  return stacks ? below - 1 + (screen === 'plan' ? 2 + autopilotLines(cluster, ui) : 1) : bodyHeight(size);
}

function detailWidth({ size }: Scene, most?: number): number {
  const { list, detail } = panes(size, most);
  return detail ?? list - 2;
}
