import { createAgent } from '../agent/agent.ts';
import { makeWorkDirectory } from '../agent/work-directory.ts';
import type { Cancel } from '../ports.ts';
import { agentKinds } from '../protocol/cluster.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { type AgentSettings, agentSettings } from './agent-settings.ts';
import type { Context } from './context.ts';
import { CommandError, type CommandRow } from './row.ts';

/** `gravity-console agent`: the daemon in the foreground, until SIGTERM or SIGINT; what it runs goes on without it. */
export const agentCommand: CommandRow = {
  name: 'agent',
  operands: '',
  describe: 'the agent in the foreground: polls gravity and the health endpoint, judges, runs and remembers',
  flags: {
    gravity: {
      type: 'array',
      describe: 'a gravity binary',
      placeholder: 'PATH',
    },
    health: { type: 'string', describe: 'the health endpoint', default: 'https://127.0.0.1:7575' },
    'health-of': {
      type: 'array',
      describe: 'the health endpoint of another master; by default at its address, except in a rehearsal',
      placeholder: 'NODE=URL',
    },
    ca: { type: 'string', describe: 'the certificate that signed the endpoint’s', placeholder: 'FILE' },
    cert: { type: 'string', describe: 'the client certificate for the endpoint', placeholder: 'FILE' },
    key: { type: 'string', describe: 'the key of the client certificate', placeholder: 'FILE' },
    node: { type: 'string', describe: 'the node this is, when no interface tells', placeholder: 'NAME|IP' },
    units: { type: 'string', describe: 'run under systemd or not', choices: ['systemd', 'none'] },
    log: {
      type: 'array',
      describe: 'a log file of gravity to read instead of journald',
      placeholder: 'FILE',
    },
    listen: {
      type: 'string',
      describe: 'the socket for operators; watch.sock, for viewers, lies beside it',
      default: 'unix:/run/gravity-console/agent.sock',
      placeholder: 'unix:PATH',
    },
    'state-dir': {
      type: 'string',
      describe: 'where it keeps what it knows',
      default: '/var/lib/gravity-console',
    },
    group: { type: 'string', describe: 'the group that may watch', placeholder: 'NAME' },
    kind: { type: 'string', describe: 'what stands behind it', choices: agentKinds, default: 'live' },
    label: { type: 'string', describe: 'a name shown with the kind', placeholder: 'TEXT' },
    'read-only': { type: 'boolean', describe: 'refuse everything that changes something', default: false },
    parent: { type: 'string', describe: 'end when this process ends (used by the demo)', placeholder: 'PID' },
  },
  run: async (context, { flags }) => {
    const settings = await agentSettings(context, flags);
    const release = await takeStateDirectory(context, settings);
    try {
      return await serve(context, settings);
    } finally {
      release();
    }
  },
};

/** From here to the end of the agent's life. */
async function serve(context: Context, settings: AgentSettings): Promise<number> {
  const { options, parent } = settings;
  const store = await context.openStore(`${options.stateDir}/journal.jsonl`);
  const log = context.openLog(`${options.stateDir}/agent.log`);
  const ended = endOf(context, parent);
  const agent = await createAgent({ ...context, store, log }, options);
  await openOrExplain(agent.start(), options.doors.operator);
  const { operator, viewer } = options.doors;
  context.streams.out(
    `${JSON.stringify({ socket: operator, watch: viewer, pid: context.processes.self.pid })}\n`,
  );
  await ended;
  await agent.stop();
  return exitCodes.fine.code;
}

/** Resolves when it is time to end: a signal, or the process we were told to live with is gone. */
function endOf({ terminal, processes, clock }: Context, parent: number | null): Promise<void> {
  return new Promise((resolve) => {
    const cancels: Cancel[] = (['SIGTERM', 'SIGINT'] as const).map((signal) =>
      terminal.onSignal(signal, resolve),
    );
    // Its terminal going away is no reason to end.
    cancels.push(terminal.onSignal('SIGHUP', () => {}));
    if (parent === null) return;
    const birth = processes.birth(parent);
    const look = () => {
      if (birth === null || processes.birth(parent) !== birth) resolve();
      else clock.after(1_000, look);
    };
    look();
  });
}

async function takeStateDirectory(
  { files }: Context,
  { options, socketDirectory }: AgentSettings,
): Promise<Cancel> {
  const { stateDir, doors } = options;
  const usage = exitCodes.usage.code;
  try {
    await files.makeDirectory(stateDir, { mode: 0o700 });
    await makeWorkDirectory(files, stateDir);
    const watchable = doors.group === null ? { mode: 0o700 } : { mode: 0o750, group: doors.group };
    await files.makeDirectory(socketDirectory, watchable);
    const release = await files.lock(`${stateDir}/lock`);
    if (release !== null) return release;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const next =
      nextStepOf(error) ?? 'run it as root, or give --state-dir and --listen in places of your own';
    throw new CommandError(usage, `the agent cannot use ${stateDir} or ${socketDirectory}: ${words}`, next);
  }
  throw new CommandError(
    usage,
    `another agent uses ${stateDir}`,
    'use that one, or give another --state-dir and --listen',
  );
}

const nextSteps: Record<string, string> = {
  EADDRINUSE: 'use the agent that is there, or give another --listen',
  ENAMETOOLONG: 'give a shorter --listen',
  ENOTSOCK: 'give another --listen, or remove that file',
  EGROUP: 'give a --group of this machine',
  EACCES: 'run it as root, or give --state-dir and --listen in places of your own',
};

async function openOrExplain<T>(starting: Promise<T>, socket: string): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    const next = nextStepOf(error);
    if (next === undefined || !(error instanceof Error)) throw error;
    throw new CommandError(
      exitCodes.usage.code,
      `the agent cannot listen on ${socket}: ${error.message}`,
      next,
    );
  }
}

function nextStepOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? nextSteps[String(error.code)] : undefined;
}
