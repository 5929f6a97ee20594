import * as v from 'valibot';
import { drivingBinary } from '../model/driving-binary.ts';
import { knownPlan } from '../model/observed-plan.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { FailureCode } from '../protocol/failure.ts';
import type { Confirm, Impact, Judgement } from '../protocol/judgement.ts';
import type { Step } from '../protocol/run.ts';
import { digestOf } from './digest.ts';
import { headsOf, queuesBehind } from './heads.ts';
import { noImpact } from './impact.ts';
import { inTheWay } from './in-the-way.ts';
import type { ActionRow, ConfirmRule, Facts, PlannedStep, Refusal } from './row.ts';
import { shellQuote } from './shell-quote.ts';
import { statesAbout } from './states-about.ts';
import { actionById } from './table.ts';

/** A judgement before the agent gives it an id; `code` is the row of `failures` a refusal is answered with. */
export type Verdict = Omit<Judgement, 'schema' | 'id'> & { code: FailureCode | null };

export type Question = {
  cluster: Cluster;
  action: string;
  args: Record<string, unknown>;
  facts: Facts;
};

/**
 * What an action would do and whether it may: pure, the console asks as a courtesy and the agent as law. Who has control
 * is not judged here, since that depends on who asks. Bad arguments and unknown actions are verdicts too, never thrown.
 * What is known beyond the plan counts: a phase that failed on another node can be rolled back, one that runs cannot.
 */
export function judge(asked: Question): Verdict {
  const question = { ...asked, cluster: { ...asked.cluster, plan: knownPlan(asked.cluster) } };
  const row = actionById(question.action);
  if (!row) {
    const reason = `there is no action "${shown(question.action)}"`;
    return refusedOutright(
      question,
      'action.unknown',
      refusal(reason, 'list them: gravity-console do --help'),
    );
  }
  const parsed = v.safeParse(row.args, question.args);
  if (!parsed.success) {
    const why = refusal(
      `${row.id}: ${argumentSentence(parsed.issues)}`,
      `see gravity-console do ${row.id} --help`,
    );
    return { ...refusedOutright(question, 'action.bad-args', why), label: row.label, risk: row.risk };
  }
  return judgeMeant(row, { ...question, args: parsed.output });
}

/** A row that stands for another gives way to it, unless it has a refusal of its own. */
function judgeMeant(row: ActionRow, question: Question): Verdict {
  const { cluster, args, facts } = question;
  const meant = row.standsFor?.(cluster, args) ?? null;
  return meant === null || row.blockedBy(cluster, args, facts) !== null
    ? judgeRow(row, question)
    : judgeRow(meant.row, { ...question, args: meant.args });
}

function judgeRow(row: ActionRow, question: Question): Verdict {
  const { cluster, args, facts } = question;
  const frozen = readOnlyRefusal(row, cluster);
  const blocked = frozen ?? row.blockedBy(cluster, args, facts) ?? inTheWay(row, cluster, facts);
  const steps = blocked ? [] : row.steps(args, cluster, facts).map((step) => withPath(step, cluster));
  const verdict = {
    action: row.id,
    label: row.label,
    args,
    risk: row.risk,
    allowed: blocked === null,
    reason: blocked?.sentence ?? null,
    nextStep: blocked?.nextStep ?? null,
    code: codeOf(frozen, blocked),
    confirm: confirmation(row, cluster, args),
    steps,
    commands: steps.map(commandLine),
    impact: impactOf(row, question),
    // What refuses it need not be said twice.
    heads: headsOf(row, question).filter(({ message }) => message !== blocked?.sentence),
    queuesBehind: blocked === null ? queuesBehind(row, question) : null,
  };
  const states = statesAbout(row, cluster, { args, leaves: verdict.impact.leaves });
  return { ...verdict, states, digest: digestOf(whatMustNotChange(row, { ...verdict, states })) };
}

/** Pods are unknown only where the row asks for them. */
function impactOf(row: ActionRow, { cluster, args, facts }: Question): Impact {
  const impact = row.impact(cluster, args, facts);
  return { ...impact, podsAsked: impact.podsAsked && row.needs.includes('pods') };
}

/**
 * Design 5: a digest over verdict, steps, nodes, quorum and the states of the phases. What needs no control (an interrupt,
 * stopping an autopilot, a note) means the same whatever moves on meanwhile.
 */
function whatMustNotChange({ wheel }: ActionRow, verdict: Omit<Verdict, 'digest'>): unknown {
  const { action, args, allowed, reason, confirm, steps, impact, states } = verdict;
  const said = { action, args, allowed, reason, confirm, steps };
  if (!wheel) return said;
  const { about, runsOn, leaves, etcd } = impact;
  return { ...said, about, runsOn, leaves, etcd, states };
}

function readOnlyRefusal(row: ActionRow, cluster: Cluster): Refusal | null {
  if (row.risk === 'read') return null;
  if (cluster.kind === 'replay') {
    return refusal('this is a replay of what was recorded: it can only be read', 'go to the cluster itself');
  }
  if (!cluster.readOnly) return null;
  return refusal('this agent is read-only', 'start the agent without --read-only');
}

function codeOf(frozen: Refusal | null, blocked: Refusal | null): FailureCode | null {
  if (frozen) return 'action.read-only';
  return blocked ? 'action.refused' : null;
}

function withPath(step: PlannedStep, cluster: Cluster): Step {
  const path = step.program === 'gravity' ? (drivingBinary(cluster).binary?.path ?? null) : null;
  return { ...step, path };
}

function commandLine(step: Step): string {
  if (step.program === 'gravity') return shellQuote([step.path ?? 'gravity', ...step.argv]);
  return `(the agent itself) ${shellQuote(step.argv)}`;
}

function confirmation(row: ActionRow, cluster: Cluster, args: Record<string, unknown>): Confirm {
  const rule = row.confirm(cluster, args);
  const reason = row.expert || (row.reason?.(cluster, args) ?? false);
  if (rule === 'none' || rule === 'yes') return { kind: rule, word: null, reason };
  return { kind: 'type', word: wordOf(rule, cluster, args), reason };
}

/** The word of design 3: the node the phase is about, or the phase's last name when it has none; or the cluster. */
function wordOf(rule: ConfirmRule, cluster: Cluster, args: Record<string, unknown>): string {
  const id = String(args.phase ?? args.node ?? '');
  if (rule === 'type(cluster)') {
    return cluster.plan?.operation.cluster ?? cluster.status?.cluster ?? 'cluster';
  }
  const phase = cluster.plan?.phases.find((each) => each.id === id);
  const lastName = id.split('/').findLast((name) => name !== '') ?? id;
  return rule === 'type(node)' ? (phase?.node ?? lastName) : lastName;
}

function refusal(sentence: string, nextStep: string): Refusal {
  return { sentence, nextStep };
}

function refusedOutright(question: Question, code: FailureCode, why: Refusal): Verdict {
  const { action, args } = question;
  return {
    action,
    label: action,
    args,
    risk: 'read',
    allowed: false,
    reason: why.sentence,
    nextStep: why.nextStep,
    code,
    confirm: { kind: 'none', word: null, reason: false },
    steps: [],
    commands: [],
    impact: noImpact(),
    digest: digestOf({ action, args, reason: why.sentence }),
  };
}

/** The first thing that is wrong, naming the argument. */
function argumentSentence(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  const name = issue?.path?.map((part) => String(part.key)).join('.') ?? '';
  if (!issue || name === '') return 'the arguments must be an object';
  if (issue.expected === 'never') return `there is no argument "${shown(name)}"`;
  if (issue.received === 'undefined') return `the argument "${name}" is missing`;
  return `the argument "${name}" ${issue.message}`;
}

/** What somebody sent, fit to be repeated in a sentence. */
function shown(text: string): string {
  return cleanLine(text).slice(0, 80);
}
