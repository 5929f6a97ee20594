import type { Cluster } from '../protocol/cluster.ts';
import type { Event, EventKind } from '../protocol/event.ts';
import type { Health } from '../protocol/health.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import type { SourceState } from '../protocol/source.ts';
import { bounds } from './bounds.ts';
import { failingSince } from './failing-since.ts';
import { controlReleased, controlTaken, foldChange, observedChange, phaseChange } from './fold-changes.ts';
import { isOfPlan, withBreakpoint, withNote, withoutBreakpoint, withPlan } from './fold-cockpit.ts';
import { foldHistory, ownHistory } from './fold-history.ts';
import { foldObserved, foldReconciled, withoutObserved } from './fold-observed.ts';
import { afterChange, afterTouch } from './fold-passage.ts';
import { foldPhase } from './fold-phase.ts';
import { foldReported, reportedAfterNode, reportedAfterProbe } from './fold-reported.ts';
import { gapEvents, withoutFilled } from './history-gap.ts';
import { hostName } from './host-name.ts';
import { clockAhead, collectedAt } from './reading-at.ts';

/**
 * The state after one event: the one reducer of agent and console. Pure; an event that says nothing new about the
 * state gives back the very same object, and a phase copies its own row and its groups' only.
 */
export function fold(cluster: Cluster, event: Event): Cluster {
  // The table gives each kind its own handler; TypeScript cannot follow that the two kinds are one.
  const folded = folds[event.kind] as (cluster: Cluster, event: Event) => Cluster;
  return folded === undefined ? cluster : folded(cluster, event);
}

type Folds = { [K in EventKind]: (cluster: Cluster, event: Extract<Event, { kind: K }>) => Cluster };

const folds: Folds = {
  'source.changed': (cluster, { source }) => withSource(cluster, source),
  'plan.read': (cluster, { plan }) => withPlan(cluster, plan),
  'phase.changed': (cluster, event) =>
    foldChange(
      withoutObserved(afterChange(foldPhase(cluster, { ...event, state: event.to }), event), event),
      phaseChange(event),
    ),
  'phase.touched': (cluster, event) => withoutObserved(foldPhase(afterTouch(cluster, event), event), event),
  'phase.observed': (cluster, event) => foldChange(foldObserved(cluster, event), observedChange(event)),
  'copy.reconciled': (cluster, event) => foldReconciled(cluster, event),
  'gravity.working': (cluster, { atWork }) => ({ ...cluster, atWork }),
  'status.read': (cluster, { status }) => ({ ...cluster, status }),
  'cluster.changed': unchanged,
  'operation.changed': unchanged,
  'health.read': (cluster, { health, seen }) => ({
    ...cluster,
    health,
    healthCollected: new Date(collectedAt(health, seen)).toISOString(),
    healthClock: clockAhead(health, seen),
    reported: foldReported(cluster.reported, health, (node) => hostName(cluster, node)),
    failing: failingSince(cluster.failing, health, seen),
  }),
  'health.dated': (cluster, { at, servedAt, seen }) => withHealth(cluster, { at, servedAt }, seen),
  'health.began': (cluster, { nodes }) => ({ ...cluster, reported: nodes }),
  'node.changed': (cluster, event) => {
    const after = { ...cluster, reported: reportedAfterNode(cluster.reported, event) };
    return foldHistory(after, [...ownHistory(event), ...gapEvents(after, event)]);
  },
  'probe.changed': (cluster, event) =>
    foldHistory(
      { ...cluster, reported: reportedAfterProbe(cluster.reported, event) },
      gapEvents(cluster, event),
    ),
  'history.read': (cluster, { events }) =>
    foldHistory({ ...cluster, history: withoutFilled(cluster, events) }, events),
  'agents.read': (cluster, { agents }) => ({ ...cluster, agents }),
  'operations.read': (cluster, { operations }) => ({ ...cluster, operations }),
  'run.changed': (cluster, { run }) => ({ ...cluster, runs: withRun(cluster.runs, run) }),
  'wheel.taken': (cluster, event) => foldChange({ ...cluster, wheel: event.wheel }, controlTaken(event)),
  'wheel.released': (cluster, event) =>
    foldChange({ ...cluster, wheel: { holder: null, since: null, reason: null } }, controlReleased(event)),
  'note.written': (cluster, { note }) => withNote(cluster, note),
  'breakpoint.set': (cluster, { breakpoint }) => withBreakpoint(cluster, breakpoint),
  'breakpoint.cleared': (cluster, { breakpoint }) => withoutBreakpoint(cluster, breakpoint),
  'autopilot.changed': (cluster, { autopilot }) =>
    autopilot !== null && !isOfPlan(cluster, autopilot) ? cluster : { ...cluster, autopilot },
  'baseline.taken': (cluster, { baseline }) =>
    isOfPlan(cluster, baseline) ? { ...cluster, baseline } : cluster,
  'binaries.found': (cluster, { binaries }) => ({ ...cluster, binaries }),
  'place.found': (cluster, { place }) => ({ ...cluster, place }),
  'agent.started': unchanged,
  'agent.stopped': unchanged,
};

function unchanged(cluster: Cluster): Cluster {
  return cluster;
}

function withSource(cluster: Cluster, source: SourceState): Cluster {
  return { ...cluster, sources: { ...cluster.sources, [source.source]: source } };
}

function withHealth(cluster: Cluster, times: Pick<Health, 'at' | 'servedAt'>, seen: string): Cluster {
  if (cluster.health === null) return cluster;
  const health = { ...cluster.health, ...times };
  return {
    ...cluster,
    health,
    healthCollected: new Date(collectedAt(health, seen)).toISOString(),
    healthClock: clockAhead(health, seen),
  };
}

/** Newest first, bounded; a run that is not over is never dropped. */
function withRun(runs: Run[], run: Run): Run[] {
  const at = runs.findIndex(({ id }) => id === run.id);
  if (at >= 0) return runs.with(at, run);
  const all = [run, ...runs];
  return all.length <= bounds.runs
    ? all
    : all.filter((one, index) => index < bounds.runs || !isFinal(one.state));
}
