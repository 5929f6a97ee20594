import type { ActionRow } from '../actions/row.ts';
import { shellQuote } from '../actions/shell-quote.ts';
import { actionById, actions } from '../actions/table.ts';
import { cleanLine } from '../protocol/clean.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { Run } from '../protocol/run.ts';
import type { DoTwin } from '../protocol/twins.ts';
import { agentFlag, viaFlag } from './agent-address.ts';
import type { Context } from './context.ts';
import { doArgs } from './do-args.ts';
import { followRun } from './do-follow.ts';
import { doHelp } from './do-help.ts';
import { doText } from './do-text.ts';
import { kindWord } from './kind-word.ts';
import { nearestWord } from './nearest-word.ts';
import { cleanDeep } from './output-clean.ts';
import { document, outputFlag, outputFormat } from './output-format.ts';
import { answered, type Reached, reachAgent } from './reach-agent.ts';
import { type Argv, CommandError, type CommandRow } from './row.ts';

/** `gravity-console do`: any row of the table of actions, judged and run by the agent. */
export const doCommand: CommandRow = {
  name: 'do',
  operands: 'ACTION [--ARGUMENT VALUE …]',
  describe: 'run an action: judged first, confirmed with --yes or --word',
  examples: [
    ['gravity-console do operation.step --dry-run', 'verdict, impact and commands; starts nothing'],
    ['gravity-console do phase.execute --phase /init --yes --wait', 'runs it and shows its output'],
  ],
  more: doHelp,
  flags: {
    yes: { type: 'boolean', describe: 'confirm what asks for a yes', default: false },
    word: {
      type: 'string',
      describe: 'the word to type, for what cannot be undone in place',
      placeholder: 'WORD',
    },
    reason: { type: 'string', describe: 'why, where a reason is asked', placeholder: 'TEXT' },
    wait: { type: 'boolean', describe: 'show the output and wait for the end', default: false },
    'dry-run': {
      type: 'boolean',
      describe: 'show verdict, impact and commands; start nothing',
      default: false,
    },
    output: { ...outputFlag },
    agent: agentFlag,
    via: viaFlag,
  },
  open: true,
  run: async (context, argv) => {
    const row = actionOf(argv);
    const args = doArgs(row, argv.rest);
    const reached = await reachAgent(context, argv.flags);
    const judgement = cleanJudgement(answered(await reached.client.judge(row.id, args)));
    return perform({ context, argv, reached, judgement });
  },
};

/** All that one `do` is about. */
type Deed = { context: Context; argv: Argv; reached: Reached; judgement: Judgement };

function actionOf({ _ }: Argv): ActionRow {
  const [id, extra] = _;
  if (id === undefined)
    throw new CommandError(
      exitCodes.usage.code,
      'do needs an action',
      'list them: gravity-console do --help',
    );
  const row = actionById(id);
  if (row === undefined) {
    const near = nearestWord(
      id,
      actions.map((action) => action.id),
    );
    throw new CommandError(
      exitCodes.usage.code,
      `there is no action ${JSON.stringify(cleanLine(id))}`,
      near === null ? 'list them: gravity-console do --help' : `did you mean: gravity-console do ${near}`,
    );
  }
  if (extra !== undefined) {
    throw new CommandError(
      exitCodes.usage.code,
      `do takes one action, and ${JSON.stringify(cleanLine(extra))} is none of its flags`,
      `arguments are flags: see gravity-console do --help`,
    );
  }
  return row;
}

async function perform(deed: Deed): Promise<number> {
  const { argv, judgement } = deed;
  if (!judgement.allowed) {
    await show(deed, null);
    throw new CommandError(exitCodes.refused.code, judgement.reason ?? 'refused', judgement.nextStep);
  }
  if (argv.flags['dry-run'] === true) {
    await show(deed, null);
    return exitCodes.fine.code;
  }
  const missing = missingConfirmation(deed);
  if (missing !== null) {
    await show(deed, null);
    throw missing;
  }
  return start(deed);
}

/** Without its confirmation nothing is started: what is missing, and the command line to go on with. */
function missingConfirmation({ argv, judgement }: Deed): CommandError | null {
  const { confirm, action } = judgement;
  const { yes, word, reason } = argv.flags;
  const unconfirmed =
    confirm.kind === 'type' ? word !== confirm.word : confirm.kind === 'yes' && yes !== true;
  const unreasoned = confirm.reason && reason === undefined;
  if (!unconfirmed && !unreasoned) return null;
  const given = argv.rest.length === 0 ? '' : ` ${shellQuote(argv.rest)}`;
  const asked = [
    ...(confirm.kind === 'yes' ? ['--yes'] : []),
    ...(confirm.kind === 'type' ? [`--word=${shellQuote([confirm.word ?? ''])}`] : []),
    ...(confirm.reason
      ? [reason === undefined ? '--reason=TEXT' : `--reason=${shellQuote([String(reason)])}`]
      : []),
  ];
  const wrong = confirm.kind === 'type' && word !== undefined && word !== confirm.word;
  const sentence = wrong
    ? `${JSON.stringify(cleanLine(String(word)))} is not the word`
    : `${action} is not confirmed: nothing was started`;
  return new CommandError(
    exitCodes.refused.code,
    sentence,
    `gravity-console do ${action}${given} ${asked.join(' ')}`,
  );
}

async function start(deed: Deed): Promise<number> {
  const { context, argv, reached, judgement } = deed;
  const { word, reason, wait } = argv.flags;
  const run = answered(
    await reached.client.start({
      judgementId: judgement.id,
      requestId: context.random.uuid(),
      drive: true,
      ...(word === undefined ? {} : { word: String(word) }),
      ...(reason === undefined ? {} : { reason: String(reason) }),
    }),
  );
  if (wait === true) return waitFor(deed, run);
  if (outputFormat(argv.flags) === 'text') {
    context.streams.out(`${kindWord(reached.snapshot.state)}\nrun ${run.id} ${run.state}\n`);
  } else await show(deed, run);
  return exitCodes.fine.code;
}

async function waitFor(deed: Deed, run: Run): Promise<number> {
  const { context, argv, reached } = deed;
  const asText = outputFormat(argv.flags) === 'text';
  if (asText) context.streams.out(`${kindWord(reached.snapshot.state)}\nrun ${run.id}\n`);
  let stopped = false;
  const cancel = context.terminal.onSignal('SIGINT', () => {
    stopped = true;
  });
  const output = asText ? context.streams.out : () => {};
  const followed = await followRun(context, reached, run, output, () => stopped);
  cancel();
  if (followed === null) {
    throw new CommandError(
      exitCodes.unknown.code,
      `run ${run.id} is no longer followed; it goes on without us`,
      'see how it ends: gravity-console runs',
    );
  }
  if (asText) context.streams.out(`run ${followed.run.id} ${followed.run.state}\n`);
  else await show(deed, followed.run);
  const { sentence } = followed.run;
  if (followed.exit !== exitCodes.fine.code)
    context.streams.err(`${cleanLine(sentence ?? `the run is ${followed.run.state}`).slice(0, 500)}\n`);
  return followed.exit;
}

async function show({ context, argv, reached, judgement }: Deed, run: Run | null): Promise<void> {
  const format = outputFormat(argv.flags);
  const twin = twinOf(judgement, reached, run);
  const text = () =>
    [kindWord(reached.snapshot.state), ...doText(twin, judgement.impact)].map((line) => `${line}\n`).join('');
  context.streams.out(format === 'text' ? text() : await document(twin, format));
}

function twinOf(judgement: Judgement, { snapshot }: Reached, run: Run | null): DoTwin {
  const { action, args, allowed, reason, nextStep, risk, confirm, commands, impact } = judgement;
  const { kind, label } = snapshot.state;
  const started = run && { id: run.id, state: run.state, exitCode: run.exitCode, sentence: run.sentence };
  return {
    schema: 1,
    kind,
    label,
    action,
    args,
    allowed,
    reason,
    nextStep,
    risk,
    heads: judgement.heads ?? [],
    confirm,
    commands,
    impact,
    run: started,
  };
}

/** Phase and node names reach the judgement from the cluster; they are cleaned before any of them is printed. */
function cleanJudgement(judgement: Judgement): Judgement {
  // Cleaning changes no shape, only the texts in it.
  return cleanDeep(judgement) as Judgement;
}
