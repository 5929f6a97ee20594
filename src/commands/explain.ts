import { planStep } from '../actions/gravity-step.ts';
import { judge } from '../actions/judge.ts';
import { shellQuote } from '../actions/shell-quote.ts';
import { duration } from '../console/format/duration.ts';
import { timingOf } from '../model/estimate/timing.ts';
import { bookParts } from '../model/runbook/book-parts.ts';
import { type PhaseBook, phaseBook } from '../model/runbook/phase-book.ts';
import { type Around, explainTwin } from '../model/twin-explain.ts';
import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { ExplainTwin } from '../protocol/twins.ts';
import type { Why } from '../protocol/why.ts';
import { agentFlag, viaFlag } from './agent-address.ts';
import type { Context } from './context.ts';
import { explainSubject, type Subject } from './explain-subject.ts';
import { explainText } from './explain-text.ts';
import { kindWord } from './kind-word.ts';
import { document, outputFlag, outputFormat } from './output-format.ts';
import { readRunbook } from './read-runbook.ts';
import { CommandError, type CommandRow } from './row.ts';
import { fileFlag } from './saved-file.ts';

/** `gravity-console explain PHASE`: the page of the runbook about a phase of the plan, or about a kind of phase. */
export const explainCommand: CommandRow = {
  name: 'explain',
  operands: 'PHASE',
  describe: 'the runbook of a phase, or of a kind of phase: what it does, why it fails, what is safe',
  flags: { output: outputFlag, agent: agentFlag, via: viaFlag, file: fileFlag },
  run: async (context, { _, flags }) => {
    const subject = await explainSubject(context, operand(_), flags);
    const book = await openBook(context, subject);
    const command = (argv: readonly string[]): string => shellQuote([book.gravity, ...argv]);
    const { why, problem } = await whyOf(subject);
    const around = { asked: operand(_), cluster: subject.cluster, command, why };
    const twin = explainTwin(book, { ...around, rollback: rollbackOf(subject, command) });
    context.streams.out(await written({ context, subject, twin, book, command, flags }));
    for (const sentence of [...subject.remarks, problem, subject.verdict.sentence])
      if (sentence !== null) context.streams.err(`${sentence.slice(0, 500)}\n`);
    return subject.verdict.exit;
  },
};

function operand(operands: readonly string[]): string {
  const [phase] = operands;
  if (phase !== undefined) return phase;
  throw new CommandError(
    exitCodes.usage.code,
    'explain needs a phase',
    'name it as the plan does: gravity-console explain /init; or a kind: gravity-console explain drain_node',
  );
}

async function openBook(context: Context, { about, cluster, now }: Subject): Promise<PhaseBook> {
  const time = typeof about === 'string' ? null : timingOf(cluster, now).leaf(about.id);
  return phaseBook({ runbook: await readRunbook(context), cluster, about, time, duration });
}

/** Asked of the agent alone, which fetches what it needs to know; that it cannot answer is no reason to say nothing. */
async function whyOf({ client, about }: Subject): Promise<{ why: Why | null; problem: string | null }> {
  if (client === null || typeof about === 'string') return { why: null, problem: null };
  const answer = await client.why({ phase: about.id });
  if (answer.ok) return { why: answer.value, problem: null };
  return { why: null, problem: `the agent could not say why: ${cleanLine(answer.failure.message)}` };
}

/** As the agent's law would judge it now; of a saved plan the command alone, since nothing else is known. */
function rollbackOf(
  { about, cluster, client, now }: Subject,
  command: Around['command'],
): Around['rollback'] {
  if (typeof about === 'string') return { command: null, refusal: null };
  if (client === null) {
    const { argv } = planStep(cluster, 'plan rollback', { options: [`--phase=${about.id}`] });
    return { command: command(argv), refusal: null };
  }
  const facts = { pods: null, agents: cluster.agents, now };
  const args = { phase: about.id };
  const { commands, reason, nextStep } = judge({ cluster, action: 'phase.rollback', args, facts });
  if (reason === null) return { command: commands[0] ?? null, refusal: null };
  return { command: null, refusal: nextStep === null ? reason : `${reason}. Next: ${nextStep}` };
}

type Written = {
  context: Context;
  subject: Subject;
  twin: ExplainTwin;
  book: PhaseBook;
  command: Around['command'];
  flags: Record<string, unknown>;
};

async function written({ context, subject, twin, book, command, flags }: Written): Promise<string> {
  const format = outputFormat(flags);
  if (format !== 'text') return document(twin, format);
  const heading = subject.client === null ? [] : [kindWord(subject.cluster)];
  const lines = explainText(twin, bookParts(book, command), context.streams.columns);
  return [...heading, ...lines].map((line) => `${line}\n`).join('');
}
