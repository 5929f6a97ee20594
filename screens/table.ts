import type { Scene } from '../src/console/scene.ts';
import type { ScreenId } from '../src/console/screen-table.ts';
import type { Ui } from '../src/console/ui.ts';
import { historyRows } from '../src/console/view/history.ts';
import { nodesRows } from '../src/console/view/nodes.ts';
import { operationsRows } from '../src/console/view/operations.ts';
import { overviewRows } from '../src/console/view/overview.ts';
import { planRows } from '../src/console/view/plan.ts';
import { runsRows } from '../src/console/view/runs.ts';
import type { Row } from '../src/theme/cell.ts';

/** How each screen of the console's table fills its body. */
export const screens: Record<ScreenId, (scene: Scene, ui: Ui) => readonly Row[]> = {
  overview: overviewRows,
  plan: planRows,
  nodes: nodesRows,
  history: historyRows,
  operations: operationsRows,
  runs: runsRows,
};
