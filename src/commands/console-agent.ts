import { createClient } from '../console/client.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { agentSockets } from './agent-address.ts';
import { claimedIdentity } from './claimed-identity.ts';
import type { Context } from './context.ts';
import { CommandError } from './row.ts';

/** The first socket an agent answers on: the operator's before the viewers'. Starting one where none answers belongs here. */
export async function answeringSocket(context: Context, flags: Record<string, unknown>): Promise<string> {
  const by = claimedIdentity(context);
  const said: string[] = [];
  for (const socket of agentSockets(context, flags)) {
    const answer = await createClient({ http: context.http, socket, by }).info();
    if (answer.ok) return socket;
    said.push(`${socket}: ${answer.failure.message}`);
  }
  throw new CommandError(
    exitCodes.noAgent.code,
    `no agent answers (${said.join('; ')})`,
    'start one as root on a master: gravity-console agent; or fly the simulated cluster: gravity-console demo; saved outputs are read by plan, nodes, status and history --file FILE',
  );
}
