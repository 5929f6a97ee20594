import { findCandidates } from '../agent/candidates.ts';
import { createClient } from '../console/client.ts';
import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { claimedIdentity } from './claimed-identity.ts';
import type { Context } from './context.ts';
import { gravityStateDirectory } from './gravity-state-directory.ts';
import { CommandError } from './row.ts';

/** Where the agent goes: its state directory and the operators' socket; `flags` say so to `gravity-console agent`. */
export type OwnAgentPlace = { stateDir: string; socket: string; flags: readonly string[] };

export const usualPlace: OwnAgentPlace = {
  stateDir: '/var/lib/gravity-console',
  socket: '/run/gravity-console/agent.sock',
  flags: [],
};

const unit = 'gravity-console-agent';
const patienceMs = 15_000;
const lookMs = 100;

/** Whether this is root on a node of a Gravity cluster: there is a gravity to run, and gravity's state directory. */
export async function mayStartAgent(context: Context): Promise<boolean> {
  if (context.processes.self.uid !== 0) return false;
  const stateDir = await gravityStateDirectory(context);
  const candidates = await findCandidates(context, { gravity: [], stateDir });
  const state = await context.files.stat(stateDir).catch(() => null);
  return candidates.length > 0 && state?.kind === 'directory';
}

/**
 * Starts an agent that outlives this console and waits until it answers: a transient unit of systemd where that is
 * process 1, else a session of its own. Of several consoles that come at once one starts it, under a lock, and all get
 * it. Answers a sentence about it, null when another console started it. One that does not come up is exit 5.
 */
export async function startOwnAgent(context: Context, place: OwnAgentPlace): Promise<string | null> {
  const { files, clock } = context;
  await files.makeDirectory(place.stateDir, { mode: 0o700 });
  const deadline = clock.monotonic() + patienceMs;
  for (;;) {
    const release = await files.lock(`${place.stateDir}/start.lock`);
    if (release !== null) {
      try {
        return (await answers(context, place)) ? null : await launch(context, place, deadline);
      } finally {
        release();
      }
    }
    if (await answers(context, place)) return null;
    if (clock.monotonic() > deadline)
      throw notUp('another console is starting it and does not get on', place);
    await clock.wait(lookMs);
  }
}

async function launch(context: Context, place: OwnAgentPlace, deadline: number): Promise<string> {
  const { clock } = context;
  const { how, pid } = await begin(context, place);
  while (!(await answers(context, place))) {
    const over = pid !== null && context.processes.birth(pid) === null;
    if (over || clock.monotonic() > deadline) throw notUp(await lastWords(context, place), place);
    await clock.wait(lookMs);
  }
  return `started an agent ${how}: it goes on when this console ends and will not return after a reboot; to have it return, let a unit of systemd run gravity-console agent`;
}

async function begin(context: Context, place: OwnAgentPlace): Promise<{ how: string; pid: number | null }> {
  const { units, processes, env } = context;
  const command = { ...context.ourselves(['agent', ...place.flags]), cwd: '/' };
  if (await units.available()) {
    const started = await units.start(unit, { ...command, env: env.all() });
    if (!started.ok) throw notUp(started.message, place);
    return { how: `in the unit ${unit}`, pid: null };
  }
  const started = await processes.startDetached(command, {
    stdout: outputOf(place),
    stderr: outputOf(place),
  });
  if ('failed' in started) throw notUp(started.failed, place);
  return { how: `in a session of its own, process ${started.pid}`, pid: started.pid };
}

async function answers(context: Context, { socket }: OwnAgentPlace): Promise<boolean> {
  const client = createClient({ http: context.http, socket, by: claimedIdentity(context) });
  return (await client.info()).ok;
}

function outputOf({ stateDir }: OwnAgentPlace): string {
  return `${stateDir}/agent.out`;
}

async function lastWords({ files }: Context, place: OwnAgentPlace): Promise<string> {
  const text = (await files.readText(outputOf(place)).catch(() => null)) ?? '';
  const line = text.split('\n').findLast((each) => each.trim() !== '' && !each.startsWith('{'));
  return line === undefined ? 'it does not answer' : cleanLine(line).slice(0, 300);
}

function notUp(why: string, { stateDir }: OwnAgentPlace): CommandError {
  return new CommandError(
    exitCodes.noAgent.code,
    `an agent could not be started: ${why}`,
    `look at ${stateDir}/agent.log, or start it by hand to see why: gravity-console agent`,
  );
}
