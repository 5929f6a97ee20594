import { agentActions } from './agent.ts';
import { autopilotActions } from './autopilot.ts';
import { breakpointActions } from './breakpoint.ts';
import { clusterActions } from './cluster.ts';
import { consoleActions } from './console.ts';
import { nodeActions } from './node.ts';
import { operationActions } from './operation.ts';
import { phaseActions } from './phase.ts';
import type { ActionRow } from './row.ts';
import { runActions } from './run.ts';

/** Everything an operator can do, in the order menus and documents show it. */
export const actions: readonly ActionRow[] = [
  ...operationActions,
  ...autopilotActions,
  ...phaseActions,
  ...breakpointActions,
  ...runActions,
  ...nodeActions,
  ...agentActions,
  ...consoleActions,
  ...clusterActions,
];

export function actionById(id: string): ActionRow | undefined {
  return actions.find((action) => action.id === id);
}
