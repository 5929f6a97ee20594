import { type Fault, fault, userMessage } from '../fault.ts';
import { agentCommands } from './agent-commands.ts';
import { type FlagKinds, readArguments } from './arguments.ts';
import type { GravityCommand } from './command-row.ts';
import { otherCommands } from './other-commands.ts';
import { planCommands } from './plan-commands.ts';
import type { Exit, GravityProcess } from './process.ts';
import { rollbackWhole } from './rollback-command.ts';
import { statusCommands } from './status-commands.ts';

const COMMANDS: readonly GravityCommand[] = [
  ...planCommands,
  rollbackWhole,
  ...statusCommands,
  ...agentCommands,
  ...otherCommands,
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
export async function runGravity(gravity: GravityProcess): Promise<Exit> {
  const failed = await start(gravity);
  if (gravity.life.ended() || failed?.died !== undefined) return { signal: 'SIGKILL' };
  if (failed === null) return { code: 0 };
  gravity.err(`\u001b[31m[ERROR]: ${userMessage(failed)}\n\u001b[0m`);
  return { code: 255 };
}

async function start(gravity: GravityProcess): Promise<Fault | null> {
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
  if (command.root === true && gravity.uid !== 0) return fault('this command should be run as root');
  const locked = command.words[0] === 'plan' ? await waitForLock(gravity) : null;
  return locked ?? command.run(gravity, given);
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

const LOCK_WAIT_MS = 30_000;

/** One process at a time holds the local database; gravity waits half a minute for it (client-facts 11). */
async function waitForLock({ cluster, life }: GravityProcess): Promise<Fault | null> {
  const { clock } = cluster.world;
  const until = clock.now() + LOCK_WAIT_MS;
  while (clock.now() < cluster.lockedUntil && !life.ended()) {
    if (clock.now() >= until) {
      return fault(
        'database /var/lib/gravity/site/update/gravity.db is locked, is another instance running?',
      );
    }
    await Promise.race([clock.watch(200), life.over]);
  }
  return null;
}
