import { exitCodes } from '../protocol/exit-codes.ts';
import { agentFlag, viaFlag } from './agent-address.ts';
import type { Context } from './context.ts';
import { document, outputFlag, outputFormat } from './output-format.ts';
import { CommandError, type CommandRow } from './row.ts';
import { fileFlag, savedBytes } from './saved-file.ts';
import type { Shown, TwinRow } from './twin-row.ts';

/** A twin's row made a command: its flags, where its data comes from, how it is printed and with which code it ends. */
export function twinCommand<T>(row: TwinRow<T>): CommandRow {
  return {
    name: row.name,
    operands: '',
    describe: row.describe,
    flags: {
      output: outputFlag,
      watch: { type: 'boolean', describe: 'print again on each change, until Ctrl-C', default: false },
      agent: agentFlag,
      via: viaFlag,
      ...(row.saved === undefined ? {} : { file: fileFlag }),
      ...row.flags,
    },
    run: async (context, { flags }) => {
      const file = flags['file'];
      if (flags['watch'] === true && file === undefined) {
        const { watchTwin } = await import('./twin-watch.ts');
        return watchTwin(context, row, flags);
      }
      return print(context, row, flags, await shownOnce(context, row, flags));
    },
  };
}

async function shownOnce<T>(
  context: Context,
  row: TwinRow<T>,
  flags: Record<string, unknown>,
): Promise<Shown<T>> {
  const path = flags['file'];
  if (path === undefined || row.saved === undefined) {
    const { liveNow } = await import('./twin-live.ts');
    return liveNow(context, row, flags);
  }
  if (flags['agent'] !== undefined || flags['watch'] === true) {
    const other = flags['agent'] === undefined ? '--watch' : '--agent';
    throw new CommandError(
      exitCodes.usage.code,
      `--file and ${other} exclude each other: a saved output has no agent and never changes`,
      'leave one of them out',
    );
  }
  const bytes = await savedBytes(context, String(path));
  return row.saved({ context, path: String(path), bytes, flags });
}

async function print<T>(
  context: Context,
  row: TwinRow<T>,
  flags: Record<string, unknown>,
  shown: Shown<T>,
): Promise<number> {
  const format = outputFormat(flags);
  const heading = shown.heading ?? [];
  const text =
    format === 'text'
      ? lines([...heading, ...row.text(shown.twin, shown.live)])
      : await document(shown.twin, format);
  context.streams.out(text);
  for (const sentence of [...shown.remarks, shown.verdict.sentence]) {
    if (sentence !== null) context.streams.err(`${sentence.slice(0, 500)}\n`);
  }
  return shown.verdict.exit;
}

function lines(text: readonly string[]): string {
  return text.map((line) => `${line}\n`).join('');
}
