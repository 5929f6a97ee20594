import { actionById } from '../actions/table.ts';
import type { OutageCause } from '../model/outage/cause.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { named } from './run-name.ts';
import type { Scene } from './scene.ts';
import { whoIs } from './who-is.ts';

/** What the agent's own record adds to the cluster's timeline. */
export type OwnKind =
  | 'phase.started'
  | 'phase.completed'
  | 'phase.failed'
  | 'phase.rolled-back'
  | 'phase.reset'
  | 'run.done'
  | 'run.failed'
  | 'run.other'
  | 'note'
  | 'control';

/** One line of the timeline. `parts`: the events of the cluster it stands for, none where it is from our own record. */
export type TimelineEvent = Omit<HistoryEvent, 'kind'> & {
  kind: HistoryEvent['kind'] | OwnKind;
  parts: readonly HistoryEvent[];
};

/**
 * What happened, oldest first: the cluster's own events, those of one node, kind and second as one, and beside them
 * phases, runs that changed something, notes and who had control.
 */
export function timelineOf(cluster: Cluster): TimelineEvent[] {
  const all = [
    ...foldedHistory(cluster.history),
    ...phaseEvents(cluster),
    ...cluster.runs.flatMap(runEvent),
    ...cluster.notes.map(({ at, phase, text, by }) => own('note', at, `${phase}: ${text} (${whoIs(by)})`)),
  ];
  return all
    .map((event) => ({ event, at: Date.parse(event.at) }))
    .sort((one, other) => one.at - other.at)
    .map(({ event }) => event);
}

/** Whether what an event tells was expected: as little as the least expected of its parts; null where nothing can be said. */
export function causeOfItem(
  { outages }: Pick<Scene, 'outages'>,
  { parts }: TimelineEvent,
): OutageCause | null {
  const causes = parts.flatMap((event) => outages.causeOfEvent(event) ?? []);
  return (
    causes.find(({ phase }) => phase === null) ?? causes.find(({ stopped }) => stopped) ?? causes[0] ?? null
  );
}

/** A node that comes back tells of each of its probes in the same second. */
function foldedHistory(history: readonly HistoryEvent[]): TimelineEvent[] {
  const folded = new Map<string, HistoryEvent[]>();
  for (const [place, event] of history.entries()) {
    const key =
      event.checker === null ? String(place) : `${event.at.slice(0, 19)} ${event.kind} ${event.node ?? ''}`;
    folded.set(key, [...(folded.get(key) ?? []), event]);
  }
  return [...folded.values()].flatMap((parts): TimelineEvent[] => {
    const [first] = parts;
    if (first === undefined) return [];
    const checkers = [...new Set(parts.flatMap(({ checker }) => checker ?? []))];
    const text = parts.map((part) => part.text).join('\n');
    return [{ ...first, checker: checkers.length === 0 ? null : checkers.join(', '), text, parts }];
  });
}

const phaseKinds: Readonly<Record<string, OwnKind>> = {
  in_progress: 'phase.started',
  completed: 'phase.completed',
  failed: 'phase.failed',
  rolled_back: 'phase.rolled-back',
};

/** Of a phase that went on since, that it began is not told: when it ended says enough. */
function phaseEvents({ changes, plan }: Cluster): TimelineEvent[] {
  const nodes = new Map(plan?.phases.map(({ id, node }) => [id, node]));
  const newest = new Map(changes.map((change) => [`${change.kind} ${change.what}`, change]));
  return changes.flatMap((change): TimelineEvent[] => {
    const { kind, what, to, at, text } = change;
    if (kind === 'control')
      return [own('control', at, `${to} by ${what}${text === null ? '' : `: ${text}`}`)];
    if (to === 'in_progress' && newest.get(`${kind} ${what}`) !== change) return [];
    const said = text === null ? what : `${what}: ${text}`;
    return [{ ...own(phaseKinds[to] ?? 'phase.reset', at, said), node: nodes.get(what) ?? null }];
  });
}

/** Notes have lines of their own, and who had control too. */
const toldOtherwise: ReadonlySet<string> = new Set(['phase.note', 'wheel.take', 'wheel.release']);

function runEvent(run: Run): TimelineEvent[] {
  const { action, state, startedAt, finishedAt, queuedAt, by, sentence } = run;
  if (toldOtherwise.has(action) || actionById(action)?.risk === 'read') return [];
  const kind = state === 'done' ? 'run.done' : isFinal(state) ? 'run.failed' : 'run.other';
  const why = sentence === null ? '' : `: ${sentence}`;
  const text = `${named(run)} ${state}, ${whoIs(by)}${why}`;
  return [own(kind, finishedAt ?? startedAt ?? queuedAt, text)];
}

function own(kind: OwnKind, at: string, text: string): TimelineEvent {
  return { at, kind, node: null, checker: null, from: null, to: null, text, parts: [] };
}
