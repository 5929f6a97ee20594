import type { Started } from '../ports.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Context } from './context.ts';
import { CommandError } from './row.ts';

const patienceMs = 15_000;

/**
 * Starts one of our own commands that prints a line of JSON when it is ready, and waits for that line.
 * It gets a session of its own: ctrl-z stops this terminal's program and not what it started.
 * A command that ends first, or says nothing for 15 s, ends in a `CommandError` with what it wrote on standard error.
 */
export async function startAndAwaitLine(
  context: Context,
  argv: readonly string[],
): Promise<{ process: Started; ready: Record<string, string> }> {
  const started = context.processes.start({ ...context.ourselves(argv), ownGroup: true });
  const errors: string[] = [];
  started.onStderr((chunk) => errors.push(new TextDecoder().decode(chunk)));
  const line = await firstLine(context, started);
  if (line === null) {
    started.kill('SIGTERM');
    const said = errors.join('').trim();
    throw new CommandError(
      exitCodes.bug.code,
      `gravity-console ${argv[0]} did not start${said === '' ? '' : `: ${said}`}`,
      'run it by itself to see why',
    );
  }
  return { process: started, ready: JSON.parse(line) };
}

function firstLine(context: Context, started: Started): Promise<string | null> {
  return new Promise((resolve) => {
    const decoder = new TextDecoder();
    let text = '';
    const give = (line: string | null) => {
      cancel();
      resolve(line);
    };
    const cancel = context.clock.after(patienceMs, () => give(null));
    started.onStdout((chunk) => {
      text += decoder.decode(chunk, { stream: true });
      const end = text.indexOf('\n');
      if (end >= 0) give(text.slice(0, end));
    });
    started.exited.then(() => give(null));
  });
}
