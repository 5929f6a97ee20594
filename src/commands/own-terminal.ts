import type { Client } from '../console/client.ts';
import type { OwnTerminal } from '../console/own-terminal.ts';
import type { RunEnd } from '../protocol/request.ts';
import type { Run } from '../protocol/run.ts';
import type { Context } from './context.ts';

/** Gravity runs where the console runs: through `--via` that would be another machine's, and it is root's to run. */
export function ownTerminal({ processes }: Context, options: Record<string, unknown>): OwnTerminal {
  const { pid, uid } = processes.self;
  const birth = processes.birth(pid);
  if (options['via'] !== undefined)
    return {
      refused:
        'gravity shell opens where the console runs, and this one is far from the node.\nNext: log in there, tsh ssh -t root@NODE, and run gravity shell or the console',
    };
  if (uid !== 0)
    return {
      refused: `gravity shell is opened by root, and this console runs as user ${uid}.\nNext: leave with q and run it with sudo`,
    };
  if (birth === null)
    return { refused: 'this machine does not tell when a process began, so the agent cannot know this one' };
  return { pid, birth };
}

/** What a program that was killed left on: colours, a hidden cursor, the mouse; and the cursor where a line begins. */
const asItWas = '\u001b[0m\u001b[?25h\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\r\n';

/** Hands the terminal to the steps of a run, one after the other, until one fails. They begin at home,
 * where an operator's own shell begins: gravity makes `.gravity` in the directory it is in. */
export async function runAtTerminal({ processes, terminal, places }: Context, run: Run): Promise<RunEnd> {
  terminal.write('gravity shell: exit brings the console back\n');
  let end: RunEnd = { exitCode: null, signal: null };
  for (const { path, argv } of run.steps) {
    end = await processes.handOver({ path: path ?? 'gravity', argv, cwd: places.home });
    if (end.exitCode !== 0) break;
  }
  terminal.write(asItWas);
  return end;
}

const pausesMs = [1_000, 2_000, 4_000, 8_000, 16_000];

/** Tells the agent how it ended, again while no agent answers; a sentence when it could not be told. */
export async function tellEnd(
  { clock }: Context,
  client: Pick<Client, 'end'>,
  { run, end }: { run: Run; end: RunEnd },
): Promise<string | null> {
  for (const pause of [...pausesMs, null]) {
    const answer = await client.end(run.id, end);
    if (answer.ok) return null;
    if (answer.failure.code !== 'agent.none' || pause === null) return answer.failure.message;
    await clock.wait(pause);
  }
  return null;
}
