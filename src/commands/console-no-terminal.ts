import { createClient } from '../console/client.ts';
import { consoleStore } from '../console/console-state.ts';
import { atTime } from '../console/hear.ts';
import { planTree } from '../console/plan-tree.ts';
import { statusLine } from '../console/view/exit-summary.ts';
import { knownPlan } from '../model/observed-plan.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { claimedIdentity } from './claimed-identity.ts';
import type { Context } from './context.ts';

/** Without a terminal there is no console: one line of status, and how to get one. */
export async function noTerminal(context: Context, socket: string): Promise<number> {
  const answer = await createClient({ http: context.http, socket, by: claimedIdentity(context) }).cluster();
  if (answer.ok) {
    const { scene } = consoleStore(context.clock, {
      id: '',
      screen: 'overview',
      time: 'utc',
      drive: false,
      look: { ascii: true, colour: false },
      size: { columns: 80, rows: 24 },
    }).getState();
    const { state: cluster, at } = answer.value;
    const now = atTime({ ...scene, cluster, tree: planTree(knownPlan(cluster)) }, Date.parse(at));
    context.streams.out(`${statusLine(now)}\n`);
  }
  context.streams.err(
    'this is not a terminal: use tsh ssh -t, or the one-shot commands status, plan, nodes\n',
  );
  return exitCodes.usage.code;
}
