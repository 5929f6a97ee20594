import { asciiOnly } from '../console/ascii-only.ts';
import { createClient } from '../console/client.ts';
import { type Console, createConsole } from '../console/console.ts';
import { type ScreenId, screenTable } from '../console/screen-table.ts';
import { exitSummary } from '../console/view/exit-summary.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { agentFlag, viaFlag } from './agent-address.ts';
import { claimedIdentity } from './claimed-identity.ts';
import { answeringSocket } from './console-agent.ts';
import type { Face } from './console-face.ts';
import { noTerminal } from './console-no-terminal.ts';
import type { Context } from './context.ts';
import { copyText } from './copy-text.ts';
import { holdFace, type Opened } from './held-face.ts';
import { ownTerminal } from './own-terminal.ts';
import { reachWords } from './reach-words.ts';
import { readRunbook } from './read-runbook.ts';
import { CommandError, type CommandRow } from './row.ts';
import { terminalLook } from './terminal-look.ts';

/** Of every command that opens the console. */
export const noBellFlag = {
  type: 'boolean',
  describe: 'do not ring the terminal bell for a failed phase, a paused autopilot or an unexpected outage',
  default: false,
} as const;

/** The bare `gravity-console`: the full-screen console on this machine's agent. */
export const consoleCommand: CommandRow = {
  name: '',
  operands: '',
  describe: 'watch the cluster full-screen; with --drive take control',
  examples: [
    ['gravity-console', 'watch the cluster of this machine'],
    ['gravity-console --drive --screen plan', 'take control, beginning with the plan'],
    ["gravity-console --via 'tsh ssh root@master-1'", 'the same from another machine'],
    ['gravity-console demo', 'try it on a simulated cluster'],
    ['gravity-console plan --file plan.json', 'read a saved output, no agent needed'],
  ],
  flags: {
    agent: agentFlag,
    via: viaFlag,
    drive: { type: 'boolean', describe: 'take the wheel when it is free', default: false },
    screen: {
      type: 'string',
      describe: `the screen to begin with: ${screenTable.map((row) => row.id).join(', ')}`,
      placeholder: 'NAME',
    },
    ascii: { type: 'boolean', describe: 'marks in ASCII', default: false },
    utc: { type: 'boolean', describe: 'times in UTC; else in this machine’s zone', default: false },
    'no-color': { type: 'boolean', describe: 'no colours', default: false },
    'no-bell': noBellFlag,
  },
  run: async (context, { flags }) => {
    const screen = screenOf(flags);
    const socket = await answeringSocket(context, flags);
    if (!context.terminal.isTty) return noTerminal(context, socket);
    return runConsole(context, { ...flags, screen, socket });
  },
};

/** The flags, and where the agent is; `reach` as `exitSummary` takes it, where the flags do not tell. */
type ConsoleRun = Record<string, unknown> & { socket: string; reach?: string | null };

/**
 * Runs the console on an agent's socket until the operator leaves or the terminal goes, and leaves the summary on the
 * normal screen. Answers the exit code.
 */
export async function runConsole(context: Context, options: ConsoleRun): Promise<number> {
  const look = terminalLook(context, options);
  const id = `console-${context.random.uuid()}`;
  const by = { ...claimedIdentity(context), console: id };
  const link = createClient({ http: context.http, socket: options.socket, by });
  const console = createConsole(
    {
      link,
      clock: context.clock,
      ownTerminal: ownTerminal(context, options),
      runbook: () => readRunbook(context),
    },
    {
      id,
      screen: screenOf(options),
      time: options['utc'] === true ? 'utc' : 'local',
      drive: options['drive'] === true,
      look,
      linear: look.dumb === true,
      size: context.terminal.size(),
    },
  );
  const { openFace } = await import('./console-face.ts');
  try {
    const rings = options['no-bell'] !== true;
    await untilLeft({ context, console, link }, { rings, open: () => openFace(console, context.terminal) });
  } finally {
    leaveSummary(context, console, options);
  }
  return exitCodes.fine.code;
}

/** On the normal screen, whichever way the console ended, a bug of ours included. */
function leaveSummary(context: Context, console: Console, options: ConsoleRun): void {
  const { scene, live } = console.store.getState();
  const lines = live
    ? exitSummary(scene, options.reach === undefined ? reachWords(options) : options.reach)
    : [`the agent at ${options.socket} was not heard: ${scene.connection.problem ?? 'no answer'}`];
  const last = `${lines.join('\n')}\n`;
  context.terminal.write(scene.look.ascii ? asciiOnly(last) : last);
}

/** Opens the console and waits for the operator, a signal or the end of the terminal. */
async function untilLeft(
  opened: Opened,
  { rings, open }: { rings: boolean; open: () => Face },
): Promise<void> {
  const left = Promise.withResolvers<void>();
  const { context, console } = opened;
  const { terminal } = context;
  const face = holdFace(opened, open);
  const stops = [
    terminal.onFailure(left.reject),
    terminal.onSignal('SIGTERM', left.resolve),
    terminal.onSignal('SIGHUP', left.resolve),
    terminal.onSignal('SIGINT', () => {
      if (!face.isLent()) left.resolve();
    }),
    // Whoever had the terminal meanwhile left it in modes of its own.
    terminal.onSignal('SIGCONT', () => {
      if (face.isLent()) return;
      face.reclaim();
      face.reopen();
    }),
  ];
  try {
    console.start({
      quit: left.resolve,
      repaint: face.repaint,
      linear: face.reopen,
      say: face.say,
      ring: () => {
        if (rings) terminal.write('\u0007');
      },
      lend: (run) => void face.lend(run),
      copy: (what) => void copyText(context, what).then(console.tell),
      // Brought back, SIGCONT opens it again.
      suspend() {
        face.close();
        terminal.suspend();
      },
    });
    await left.promise;
    await face.told();
  } finally {
    console.stop();
    face.close();
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
