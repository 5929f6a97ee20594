import { type ClientFailure, createClient } from '../console/client.ts';
import { agentSockets } from './agent-address.ts';
import { claimedIdentity } from './claimed-identity.ts';
import type { Context } from './context.ts';
import { noAgent } from './no-agent.ts';
import { mayStartAgent, startOwnAgent, usualPlace } from './start-own-agent.ts';

/**
 * The first socket an agent answers on: the operator's before the viewers'. Where none does, root at a terminal on a
 * node of a cluster gets an agent of its own, and is told so; everybody else what to do (exit 5).
 */
export async function answeringSocket(context: Context, flags: Record<string, unknown>): Promise<string> {
  const by = claimedIdentity(context);
  const failures: ClientFailure[] = [];
  for (const socket of agentSockets(context, flags)) {
    const answer = await createClient({ http: context.http, socket, by }).info();
    if (answer.ok) return socket;
    failures.push(answer.failure);
  }
  const isHere = flags['agent'] === undefined && flags['via'] === undefined;
  const nobody = failures.every(({ code, cause }) => code === 'agent.none' && cause !== 'EACCES');
  const mayStart = nobody && isHere && context.terminal.isTty;
  if (mayStart && (await mayStartAgent(context))) {
    const sentence = await startOwnAgent(context, usualPlace);
    if (sentence !== null) context.streams.err(`${sentence}\n`);
    return usualPlace.socket;
  }
  throw await noAgent(context, flags, failures);
}
