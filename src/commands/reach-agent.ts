import { type Client, type ClientFailure, createClient, type Result } from '../console/client.ts';
import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { failures } from '../protocol/failure.ts';
import type { Snapshot } from '../protocol/stream.ts';
import { agentSockets } from './agent-address.ts';
import { claimedIdentity } from './claimed-identity.ts';
import type { Context } from './context.ts';
import { noAgent } from './no-agent.ts';
import { CommandError } from './row.ts';

/** An agent that answered, and what it knew at that moment. */
export type Reached = { client: Client; snapshot: Snapshot; socket: string };

/** The first agent that answers on the sockets of `--agent` or of this machine; none is exit 5. */
export async function reachAgent(context: Context, flags: Record<string, unknown>): Promise<Reached> {
  const by = claimedIdentity(context);
  const silent: ClientFailure[] = [];
  for (const socket of agentSockets(context, flags)) {
    const client = createClient({ http: context.http, socket, by });
    const info = await client.info();
    if (info.ok) return { client, snapshot: answered(await client.cluster()), socket };
    if (info.failure.code !== 'agent.none') throw failed(info.failure);
    silent.push(info.failure);
  }
  throw await noAgent(context, flags, silent);
}

/** The value of an answer of the API; a failure ends the command with the exit code its row names. */
export function answered<T>(answer: Result<T>): T {
  if (answer.ok) return answer.value;
  throw failed(answer.failure);
}

function failed({ code, message, nextStep: next, difference = [] }: ClientFailure): CommandError {
  const sentence = cleanLine([message, ...difference].join('; '));
  return new CommandError(exitOf(code), sentence, next === '' ? null : cleanLine(next));
}

/** An agent that cannot be understood is as good as none. */
function exitOf(code: string): number {
  if (code.startsWith('agent.') && code !== 'agent.failed') return exitCodes.noAgent.code;
  const row = Object.entries(failures).find(([name]) => name === code)?.[1];
  return row?.exit ?? exitCodes.bug.code;
}
