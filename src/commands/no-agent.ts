import { findCandidates } from '../agent/candidates.ts';
import type { ClientFailure } from '../console/client.ts';
import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Context } from './context.ts';
import { gravityStateDirectory } from './gravity-state-directory.ts';
import { CommandError } from './row.ts';

const withoutOne =
  'without a cluster: gravity-console demo; saved outputs need no agent: gravity-console plan --file FILE';

/**
 * One sentence about why no agent answers here, and what this user can do about it on this machine. `failures` are what
 * the sockets said that were tried, in order; where one was named it is about that one alone.
 */
export async function noAgent(
  context: Context,
  flags: Record<string, unknown>,
  failures: readonly ClientFailure[],
): Promise<CommandError> {
  const forbidden = failures.find(({ cause }) => cause === 'EACCES');
  const [first] = failures;
  if (flags['agent'] !== undefined || flags['via'] !== undefined) {
    return explained(first?.message ?? 'no agent answers', first?.nextStep ?? withoutOne);
  }
  if (forbidden !== undefined) {
    return explained(
      'an agent runs here, but this user may not use its sockets in /run/gravity-console',
      'run this with sudo, or become a member of the group that the agent was given with --group, which may watch',
    );
  }
  const strange = failures.find(({ cause }) => cause !== 'ENOENT' && cause !== 'ECONNREFUSED');
  if (strange !== undefined) return explained(strange.message, strange.nextStep);
  return whatIsHere(context);
}

async function whatIsHere(context: Context): Promise<CommandError> {
  const stateDir = await gravityStateDirectory(context);
  const state = await context.files.stat(stateDir).catch(() => null);
  const [gravity] = await findCandidates(context, { gravity: [], stateDir });
  if (state === null && gravity === undefined) {
    return explained(
      `no agent runs here, and this is no node of a Gravity cluster: no gravity in PATH, no ${stateDir}`,
      `run it on a master; ${withoutOne}`,
    );
  }
  const start = gravity === undefined ? 'gravity-console agent --gravity PATH' : 'gravity-console agent';
  const what =
    gravity === undefined ? 'no agent runs here, and there is no gravity in PATH' : 'no agent runs here';
  if (context.processes.self.uid === 0) return explained(what, `start one: ${start}; ${withoutOne}`);
  return explained(`${what}; only root can start one`, `start one as root: ${start}; ${withoutOne}`);
}

function explained(sentence: string, nextStep: string): CommandError {
  return new CommandError(exitCodes.noAgent.code, cleanLine(sentence), cleanLine(nextStep));
}
