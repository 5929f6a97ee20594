import { type Fault, fault, userMessage } from '../fault.ts';
import { goTime } from '../go-time.ts';
import { agentCommands } from './agent-commands.ts';
import { type FlagKinds, readArguments } from './arguments.ts';
import { clusterCommands } from './cluster-commands.ts';
import type { GravityCommand } from './command-row.ts';
import { waitForDatabases } from './database-lock.ts';
import { imageCommands } from './image-commands.ts';
import { nodeCommands } from './node-commands.ts';
import { otherCommands } from './other-commands.ts';
import { planCommands } from './plan-commands.ts';
import { planetCommands } from './planet-commands.ts';
import type { Exit, GravityProcess, GravityStart } from './process.ts';
import { rollbackWhole } from './rollback-command.ts';
import { shellCommands } from './shell-commands.ts';
import { statusCommands } from './status-commands.ts';

const COMMANDS: readonly GravityCommand[] = [
  ...planCommands,
  rollbackWhole,
  ...statusCommands,
  ...agentCommands,
  ...clusterCommands,
  ...imageCommands,
  ...otherCommands,
  ...planetCommands,
  ...shellCommands,
  ...nodeCommands,
];

const GLOBAL: FlagKinds = {
  debug: 'switch',
  quiet: 'switch',
  insecure: 'switch',
  'state-dir': 'text',
  'log-file': 'text',
  'system-log-file': 'text',
};

/** Runs one `gravity` to its end: its lines on the two streams, its exit as the real one's (client-facts 1, 2). */
export async function runGravity(gravity: GravityStart): Promise<Exit> {
  const failed = await start(gravity);
  if (gravity.life.ended() || failed?.died !== undefined) return { signal: 'SIGKILL' };
  if (failed === null) return { code: 0 };
  gravity.err(`\u001b[31m[ERROR]: ${userMessage(failed)}\n\u001b[0m`);
  return { code: 255 };
}

async function start(gravity: GravityStart): Promise<Fault | null> {
  const words = beforeInner(gravity.argv);
  const command = commandOf(words);
  if (command === null) return fault(unknownCommand(words));
  const read = readArguments(words, {
    flags: { ...GLOBAL, ...command.flags },
    shorts: { q: 'quiet', ...command.shorts },
  });
  if ('original' in read) return read;
  const given = {
    ...read,
    operands: [...read.operands.slice(command.words.length), ...gravity.argv.slice(words.length)],
  };
  if (given.operands.length > (command.operands ?? 0)) return fault(`unexpected ${given.operands.at(-1)}`);
  const missing = (command.required ?? []).find((flag) => given.text(flag) === null);
  if (missing !== undefined) return fault(`required flag --${missing} not provided`);
  const stranger = notAllowed(gravity, command);
  if (stranger !== null) return stranger;
  const print = given.has('quiet') ? () => {} : gravity.out;
  const started: GravityProcess = { ...gravity, print };
  return (await waitForDatabases(started, command)) ?? command.run(started, given);
}

/** Local state belongs to root, whether a command asks for root or not (recordings/cli/nonroot-*). */
function notAllowed(
  { uid, cluster, err }: GravityStart,
  { root, systemLog, anybody }: GravityCommand,
): Fault | null {
  if ((uid === 0 && !cluster.situation.notRoot) || anybody === true) return null;
  if (systemLog === true) {
    const path = '/var/log/gravity-system.log';
    const text = `Failed to open ${path}: open ${path}: permission denied.`;
    err(`time="${goTime.second(cluster.world.clock.now())}" level=warning msg="${text}"\n`.repeat(2));
  }
  if (root === true) return fault('this command should be run as root');
  return fault('open /var/lib/gravity/local/gravity.db: permission denied');
}

/** What follows `exec` belongs to the program run inside. */
function beforeInner(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf('exec');
  const first = argv.findIndex((word) => !word.startsWith('-'));
  return at >= 0 && at === first ? argv.slice(0, at + 1) : argv;
}

/** The longest command whose words stand at the front, flags between them left out. */
function commandOf(words: readonly string[]): GravityCommand | null {
  const bare = words.filter((word) => !word.startsWith('-'));
  const fitting = COMMANDS.filter((command) => command.words.every((word, at) => bare[at] === word));
  return fitting.reduce<GravityCommand | null>(
    (best, next) => (best === null || next.words.length > best.words.length ? next : best),
    null,
  );
}

function unknownCommand(words: readonly string[]): string {
  const first = words.find((word) => !word.startsWith('-'));
  return first === undefined ? 'command not specified' : `expected command but got "${first}"`;
}
