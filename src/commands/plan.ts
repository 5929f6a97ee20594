import { readPlan } from '../adapters/gravity/plan.ts';
import { meantOperation } from '../model/active-operation.ts';
import { planTwin } from '../model/twin-plan.ts';
import { sourceVerdict } from '../model/twin-verdict.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Plan } from '../protocol/plan.ts';
import { planEnd } from './plan-end.ts';
import { planText } from './plan-text.ts';
import { CommandError } from './row.ts';
import { readSaved, type Wanted } from './saved-file.ts';
import { twinCommand } from './twin-command.ts';
import type { Live, Saved } from './twin-row.ts';

const wanted: Wanted = { kinds: ['plan'], what: 'the output of gravity plan (json, yaml, text or short)' };

/** `gravity-console plan`: the operation's plan, flat, with what every group's state comes to. */
export const planCommand = twinCommand({
  name: 'plan',
  describe: 'the operation plan: every phase with its state',
  flags: {
    'operation-id': { type: 'string', describe: 'insist on the plan of this operation', placeholder: 'ID' },
  },
  live,
  saved,
  text: planText,
  standing: planEnd,
});

function live({ cluster, now, flags }: Live) {
  const { plan } = cluster;
  const source = cluster.sources.plan;
  if (plan === null) {
    const why = source.problem?.sentence ?? 'the agent has not read a plan yet';
    throw new CommandError(
      exitCodes.unknown.code,
      `there is no plan to show: ${why}`,
      source.problem?.nextStep ?? 'ask again in a few seconds',
    );
  }
  insist(plan, flags['operation-id'], 'the agent shows');
  return {
    twin: planTwin(plan, meantOperation(cluster)?.state ?? null, cluster.observed),
    verdict: sourceVerdict(source, now),
    remarks: [],
  };
}

async function saved({ context, path, bytes, flags }: Saved) {
  const now = context.clock.now();
  const { value, remarks } = await readSaved(path, bytes, wanted, (content) => readPlan(content, now));
  insist(value, flags['operation-id'], 'the file holds');
  return {
    twin: planTwin(value, null),
    verdict: { exit: exitCodes.fine.code, sentence: null },
    remarks,
  };
}

/** An id is compared as it is, never normalised (client-facts 17); a text table does not print it. */
function insist(plan: Plan, id: unknown, who: string): void {
  if (id === undefined || plan.operation.id === id) return;
  const other =
    plan.operation.id === null
      ? 'a plan that does not say whose it is'
      : `the plan of operation ${plan.operation.id}`;
  throw new CommandError(
    exitCodes.usage.code,
    `${who} ${other}, not of ${JSON.stringify(id)}`,
    'leave --operation-id out, or ask gravity: gravity plan --operation-id=ID',
  );
}
