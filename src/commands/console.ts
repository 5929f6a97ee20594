import { createClient } from '../console/client.ts';
import { type Console, createConsole } from '../console/console.ts';
import { type ScreenId, screenTable } from '../console/screen-table.ts';
import { exitSummary } from '../console/view/exit-summary.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { agentFlag } from './agent-address.ts';
import { claimedIdentity } from './claimed-identity.ts';
import { answeringSocket } from './console-agent.ts';
import { noTerminal } from './console-no-terminal.ts';
import type { Context } from './context.ts';
import { CommandError, type CommandRow } from './row.ts';
import { terminalLook } from './terminal-look.ts';

/** The bare `gravity-console`: the full-screen console on this machine's agent. */
export const consoleCommand: CommandRow = {
  name: '',
  operands: '',
  describe: 'watch the cluster full-screen, and drive it with --drive',
  flags: {
    agent: agentFlag,
    via: {
      type: 'string',
      describe: 'reach the agent of another machine through this command',
      placeholder: 'COMMAND',
    },
    drive: { type: 'boolean', describe: 'take the wheel when it is free', default: false },
    screen: {
      type: 'string',
      describe: `the screen to begin with: ${screenTable.map((row) => row.id).join(', ')}`,
      placeholder: 'NAME',
    },
    ascii: { type: 'boolean', describe: 'marks in ASCII', default: false },
    utc: { type: 'boolean', describe: 'times in UTC; else in this machine’s zone', default: false },
    'no-color': { type: 'boolean', describe: 'no colours', default: false },
  },
  run: async (context, { flags }) => {
    if (flags['via'] !== undefined)
      throw new CommandError(
        exitCodes.usage.code,
        '--via is not there yet',
        'run gravity-console on the node itself, over tsh ssh -t',
      );
    const screen = screenOf(flags);
    const socket = await answeringSocket(context, flags);
    if (!context.terminal.isTty) return noTerminal(context, socket);
    return runConsole(context, { ...flags, screen, socket });
  },
};

/**
 * Runs the console on an agent's socket until the operator leaves or the terminal goes, and leaves the summary on the
 * normal screen. Answers the exit code.
 */
export async function runConsole(
  context: Context,
  options: Record<string, unknown> & { socket: string },
): Promise<number> {
  const id = `console-${context.random.uuid()}`;
  const by = { ...claimedIdentity(context), console: id };
  const link = createClient({ http: context.http, socket: options.socket, by });
  const console = createConsole(
    { link, clock: context.clock },
    {
      id,
      screen: screenOf(options),
      time: options['utc'] === true ? 'utc' : 'local',
      drive: options['drive'] === true,
      look: terminalLook(context, options),
      size: context.terminal.size(),
    },
  );
  const { mount } = await import('../../screens/mount.tsx');
  await untilLeft(context, console, mount);
  const { scene, live } = console.store.getState();
  const lines = live
    ? exitSummary(scene)
    : [`the agent at ${options.socket} was not heard: ${scene.connection.problem ?? 'no answer'}`];
  context.terminal.write(`${lines.join('\n')}\n`);
  return exitCodes.fine.code;
}

/** Mounts the console and waits for the operator, a signal or the end of the terminal. */
async function untilLeft(
  context: Context,
  console: Console,
  mount: typeof import('../../screens/mount.tsx').mount,
): Promise<void> {
  const left = Promise.withResolvers<void>();
  const { terminal } = context;
  let mounted = mount(console, terminal);
  const stops = [
    terminal.onSignal('SIGTERM', left.resolve),
    terminal.onSignal('SIGHUP', left.resolve),
    terminal.onSignal('SIGINT', left.resolve),
    terminal.onSignal('SIGCONT', () => mounted.repaint()),
  ];
  try {
    console.start({
      quit: left.resolve,
      repaint: () => mounted.repaint(),
      suspend() {
        mounted.unmount();
        terminal.suspend();
        mounted = mount(console, terminal);
      },
    });
    await left.promise;
  } finally {
    console.stop();
    mounted.unmount();
    for (const stop of stops) stop();
  }
}

/** The screen asked for by name or digit; the overview when none is. */
function screenOf(flags: Record<string, unknown>): ScreenId {
  const name = flags['screen'];
  if (name === undefined) return 'overview';
  const row = screenTable.find((one) => one.id === name || one.digit === name || one.title === name);
  if (row) return row.id;
  throw new CommandError(
    exitCodes.usage.code,
    `there is no screen ${JSON.stringify(String(name))}`,
    `the screens are ${screenTable.map((one) => one.id).join(', ')}`,
  );
}
