import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Context } from './context.ts';
import { CommandError, type Flag } from './row.ts';

export const agentFlag: Flag = {
  type: 'string',
  describe: 'the socket of the agent to ask; the one of this machine when left out',
  placeholder: 'unix:PATH',
};

/** `dispatch` leads the whole command through it; nothing else needs to know. */
export const viaFlag: Flag = {
  type: 'string',
  describe: 'ask the agent of another machine, reached by this command; --agent is then a socket over there',
  placeholder: 'COMMAND',
};

/** The sockets of this machine's agent: the operator's, then the viewers' (design 6). */
const usualSockets = ['/run/gravity-console/agent.sock', '/run/gravity-console/watch.sock'];

/**
 * The sockets to try, in order: the one `--agent` names, else this machine's. Through `--via` there is one way, and the
 * command stands for its name.
 */
export function agentSockets(context: Context, flags: Record<string, unknown>): string[] {
  const given = flags['agent'];
  if (flags['via'] !== undefined) return [cleanLine(String(flags['via']))];
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
