import { dialUnanswered } from '../engine/dial.ts';
import { agentStatusTable, deployAgents, offlineAgents } from './agent-commands.ts';
import { printWarning } from './print-warning.ts';
import type { GravityProcess } from './process.ts';

/**
 * Before a plan is resumed or rolled back as a whole gravity verifies the update agents and deploys those that are
 * missing; whatever comes of it, it goes on (engine.md 2, recordings/story/10).
 */
export async function verifyAgents(gravity: GravityProcess): Promise<void> {
  if (!gravity.cluster.siteAnswers()) {
    const what =
      "Couldn't verify upgrade agents status. If some are offline, they won't be redeployed automatically";
    return printWarning(gravity, what);
  }
  if (offlineAgents(gravity.cluster).length === 0) return;
  await dialUnanswered(gravity.cluster.world, gravity.life);
  if (gravity.life.ended()) return;
  const before = agentStatusTable(gravity.cluster);
  const failed = await deployAgents(gravity);
  if (failed === null) return;
  gravity.print(`${before}\n`);
  printWarning(
    gravity,
    'Some agents are offline. Ensure all agents are deployed with `./gravity agent deploy`',
  );
}
