import { readPlan } from '../adapters/gravity/plan.ts';
import type { Client } from '../console/client.ts';
import { emptyCluster } from '../model/empty-cluster.ts';
import { phaseKinds } from '../model/phase-kinds.ts';
import { indexPlan } from '../model/phase-tree.ts';
import { tellingLeaf } from '../model/runbook/telling-leaf.ts';
import { sourceVerdict, type TwinVerdict } from '../model/twin-verdict.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Context } from './context.ts';
import { nearestWords } from './nearest-words.ts';
import { reachAgent } from './reach-agent.ts';
import { CommandError } from './row.ts';
import { readSaved, savedBytes, type Wanted } from './saved-file.ts';

/** What `explain` is about, and whom it may ask: `client` null where no agent is asked. `now` is epoch ms. */
export type Subject = {
  about: Phase | string;
  cluster: Cluster;
  now: number;
  client: Client | null;
  verdict: TwinVerdict;
  remarks: string[];
};

type Flags = Record<string, unknown>;
type Known = Omit<Subject, 'about'>;

const fine: TwinVerdict = { exit: exitCodes.fine.code, sentence: null };

/** Finds the phase or the kind asked for; what there is not ends in a `CommandError` with what comes nearest. */
export async function explainSubject(context: Context, asked: string, flags: Flags): Promise<Subject> {
  const isKind = Object.hasOwn(phaseKinds, asked);
  const known = await knownOf(context, asked, { flags, isKind });
  if (isKind) return { ...known, about: asked, verdict: fine };
  const { plan } = known.cluster;
  if (plan === null && asked.startsWith('/')) throw noPlan(known.cluster);
  const leaf = plan === null ? null : tellingLeaf(indexPlan(plan), asked);
  if (leaf === null) throw notFound(asked, known.cluster);
  if (leaf.id === asked) return { ...known, about: leaf };
  const group = `${cleanLine(asked)} is a group: this is the runbook of its leaf ${leaf.id}, which is ${leaf.state}`;
  return { ...known, about: leaf, remarks: [...known.remarks, group] };
}

/** A saved plan, else what the agent knows; a kind is explained without either. */
async function knownOf(
  context: Context,
  asked: string,
  { flags, isKind }: { flags: Flags; isKind: boolean },
): Promise<Known> {
  if (flags['file'] !== undefined) return savedPlan(context, flags);
  const insists = flags['agent'] !== undefined || flags['via'] !== undefined;
  try {
    const { client, snapshot } = await reachAgent(context, flags);
    const now = Date.parse(snapshot.at);
    const verdict = sourceVerdict(snapshot.state.sources.plan, now);
    return { cluster: snapshot.state, now, client, verdict, remarks: [] };
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode !== exitCodes.noAgent.code || insists) throw error;
    if (asked.startsWith('/')) throw unknownWithoutAgent(asked, error);
    const remarks = isKind
      ? ['no agent answers: times are the usual ones, and gravity is called by its name']
      : [];
    return { cluster: nobody(), now: context.clock.now(), client: null, verdict: fine, remarks };
  }
}

async function savedPlan(context: Context, flags: Flags): Promise<Known> {
  if (flags['agent'] !== undefined || flags['via'] !== undefined) {
    throw new CommandError(
      exitCodes.usage.code,
      '--file and --agent exclude each other: a saved plan has no agent',
      'leave one of them out',
    );
  }
  const path = String(flags['file']);
  const now = context.clock.now();
  const wanted: Wanted = { kinds: ['plan'], what: 'the output of gravity plan (json, yaml, text or short)' };
  const bytes = await savedBytes(context, path);
  const { value, remarks } = await readSaved(path, bytes, wanted, (content) => readPlan(content, now));
  const cluster = { ...nobody(), plan: value };
  return { cluster, now, client: null, verdict: fine, remarks };
}

function nobody(): Cluster {
  return emptyCluster({ kind: 'live', label: null, readOnly: true });
}

function unknownWithoutAgent(asked: string, { message }: CommandError): CommandError {
  const kinds = likelyKinds(asked);
  const page = kinds.length === 0 ? 'a kind of phase' : kinds.join(' or ');
  return new CommandError(
    exitCodes.noAgent.code,
    `the kind, the state and the error of ${cleanLine(asked)} are unknown: ${message}`,
    `give a saved plan (--file PLAN), or read the page of its kind: gravity-console explain ${page}`,
  );
}

/** The kinds that have the last name of a phase in theirs: a hint for people, never taken for the kind itself. */
function likelyKinds(asked: string): string[] {
  const last = asked.split('/').findLast((name) => name !== '') ?? '';
  const words = [last, last.replaceAll('-', '_')].filter((word) => word.length > 2);
  return Object.keys(phaseKinds)
    .filter((kind) => words.some((word) => kind === word || kind.startsWith(`${word}_`)))
    .slice(0, 3);
}

function noPlan({ sources }: Cluster): CommandError {
  const { problem } = sources.plan;
  return new CommandError(
    exitCodes.unknown.code,
    `there is no plan to find it in: ${problem?.sentence ?? 'the agent has not read a plan yet'}`,
    problem?.nextStep ?? 'ask again in a few seconds, or give the name of a kind',
  );
}

function notFound(asked: string, { plan }: Cluster): CommandError {
  const ids = plan?.phases.map(({ id }) => id) ?? [];
  const last = `/${asked.split('/').findLast((name) => name !== '') ?? ''}`;
  const named = ids.filter((id) => id.endsWith(last)).slice(0, 4);
  const candidates = asked.startsWith('/') ? ids : [...Object.keys(phaseKinds), ...ids];
  const near = nearestWords(asked, candidates, 3).map(({ candidate }) => candidate);
  const nearest = [...new Set(asked.startsWith('/') ? [...near, ...named] : [...named, ...near])].slice(0, 4);
  const what = asked.startsWith('/')
    ? 'the plan has no phase'
    : 'there is no phase and no kind of phase called';
  return new CommandError(
    exitCodes.usage.code,
    `${what} ${JSON.stringify(cleanLine(asked).slice(0, 120))}`,
    `give it exactly as the plan does; the nearest are ${nearest.join(', ')}`,
  );
}
