import { exitCodes } from '../protocol/exit-codes.ts';
import type { Context } from './context.ts';
import { CommandError, type Flag } from './row.ts';

export const agentFlag: Flag = {
  type: 'string',
  describe: 'the socket of the agent to ask; the one of this machine when left out',
  placeholder: 'unix:PATH',
};

/** The sockets of this machine's agent: the operator's, then the viewers' (design 6). */
const usualSockets = ['/run/gravity-console/agent.sock', '/run/gravity-console/watch.sock'];

/** The sockets to try, in order: the one `--agent` names, else this machine's. */
export function agentSockets(context: Context, flags: Record<string, unknown>): string[] {
  const given = flags['agent'];
  if (given === undefined) return usualSockets;
  const path = /^unix:(.+)$/s.exec(String(given))?.[1];
  if (path === undefined) {
    throw new CommandError(
      exitCodes.usage.code,
      '--agent names no Unix socket',
      'write it as --agent unix:/path/to/agent.sock',
    );
  }
  return [path.startsWith('/') ? path : `${context.places.cwd}/${path}`];
}
