import type { Context } from './context.ts';
import { CommandError } from './row.ts';
import { absolute } from './simulated-plan.ts';
import { runningSimulators } from './simulator-registry.ts';

/** `simulate VERB …`: changes a running simulated cluster and says what is so now. */
export async function simulateVerb(
  context: Context,
  words: readonly string[],
  flags: Record<string, unknown>,
): Promise<number> {
  const dir =
    flags['dir'] === undefined ? await onlyOne(context) : absolute(String(flags['dir']), context.places.cwd);
  const answer = await context.http.request({
    url: 'http://simulator/verbs',
    socket: `${dir}/control.sock`,
    method: 'POST',
    body: JSON.stringify({ words }),
    timeoutMs: 5000,
    maxBytes: 65_536,
  });
  if (!answer.ok) {
    throw new CommandError(
      2,
      `no simulated cluster answers in ${dir}: ${answer.message}`,
      'start one with simulate up',
    );
  }
  const said: unknown = JSON.parse(new TextDecoder().decode(answer.body));
  if (typeof said !== 'object' || said === null) throw new CommandError(1, `${dir} gave no answer to read`);
  if ('refused' in said) throw new CommandError(2, String(said.refused));
  context.streams.out(`${'done' in said ? String(said.done) : ''}\n`);
  return 0;
}

async function onlyOne(context: Context): Promise<string> {
  const running = await runningSimulators(context);
  const [first] = running;
  if (first === undefined) {
    throw new CommandError(
      2,
      'no simulated cluster of yours runs',
      'start one with simulate up --dir DIR, or demo',
    );
  }
  if (running.length === 1) return first.dir;
  const dirs = running.map(({ dir }) => dir).join(', ');
  throw new CommandError(
    2,
    `${running.length} simulated clusters of yours run: ${dirs}`,
    'name one with --dir DIR',
  );
}
