import { shellQuote } from '../../actions/shell-quote.ts';
import { clean, cleanLine } from '../../protocol/clean.ts';
import { exitCodes } from '../../protocol/exit-codes.ts';
import type { Context } from '../context.ts';
import { type Argv, CommandError, type CommandRow } from '../row.ts';
import { createLink } from './link.ts';
import { overLink } from './over-link.ts';
import { splitWords } from './split-words.ts';

/**
 * Runs a command with its network led through `--via`: it asks the agent of another machine and knows no difference.
 * The link is up, and every password asked for, before the command begins. Exit 5 when the far end does not answer.
 */
export async function runVia(context: Context, row: CommandRow, argv: Argv): Promise<number> {
  const words = viaWords(argv.flags);
  const link = createLink(context, words);
  const why = await link.start((text) => {
    // Somebody sits there and may have to read a question.
    if (context.terminal.isTty) context.streams.err(clean(text));
  });
  if (why !== null) throw unanswered(why, words);
  try {
    return await row.run({ ...context, http: overLink(context.http, link) }, argv);
  } finally {
    link.close();
  }
}

/** A far end of ours has said its own next step. */
function unanswered(why: string, words: readonly string[]): CommandError {
  const next = why.includes('Next: ') ? null : `run it by itself: ${shellQuote(words)}`;
  return new CommandError(exitCodes.noAgent.code, `no agent answers through --via: ${why}`, next);
}

/** The words to start: those of `--via`, then `gravity-console proxy`, unless they end in a path of that program. */
function viaWords(flags: Record<string, unknown>): string[] {
  if (flags['file'] !== undefined)
    throw usage('--file and --via exclude each other: a saved output has no agent', 'leave one of them out');
  const text = String(flags['via']);
  const words = splitWords(text);
  if (words === null)
    throw usage(`--via ${cleanLine(text)} leaves a quote or a backslash open`, 'close it; no shell reads it');
  const [program, ...others] = words;
  if (program === undefined) throw usage('--via is empty', `write it as --via 'ssh root@NODE'`);
  const named = /\/gravity-console(\.mjs)?$/.test(others.at(-1) ?? program);
  return [...words, ...(named ? [] : ['gravity-console']), 'proxy', ...socketWords(flags['agent'])];
}

/** The far machine's shell may read these words, so they are such as no shell reads otherwise. */
function socketWords(agent: unknown): string[] {
  if (agent === undefined) return [];
  const text = String(agent);
  if (/^unix:\/[\w@%+=:,./-]+$/.test(text)) return ['--agent', text];
  throw usage(
    '--agent with --via must be a plain absolute path on that machine: no blanks, nothing a shell would read',
    'write it as --agent unix:/run/gravity-console/agent.sock',
  );
}

function usage(sentence: string, nextStep: string): CommandError {
  return new CommandError(exitCodes.usage.code, sentence, nextStep);
}
