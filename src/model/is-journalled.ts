import type { Cluster } from '../protocol/cluster.ts';
import { type Event, eventTable } from '../protocol/event.ts';
import type { Run } from '../protocol/run.ts';
import type { SourceState } from '../protocol/source.ts';
import { ranAgain } from './ran-again.ts';
import { same } from './same.ts';

/** Whether the journal keeps an event: always or never by its row, or when it tells what the state before did not. */
export function isJournalled(before: Cluster, event: Event): boolean {
  const rule = eventTable[event.kind].journal;
  return rule === 'always' || (rule === 'on-change' && tellsNews(before, event));
}

function tellsNews(before: Cluster, event: Event): boolean {
  switch (event.kind) {
    case 'source.changed':
      return sourceMoved(before.sources[event.source.source], event.source);
    case 'run.changed':
      return runMoved(
        before.runs.find(({ id }) => id === event.run.id),
        event.run,
      );
    case 'phase.touched':
      return before.plan?.phases.some((phase) => phase.id === event.phase && ranAgain(phase, event)) ?? false;
    case 'binaries.found':
      return !same(before.binaries, event.binaries);
    case 'place.found':
      return !same(before.place, event.place);
    default:
      return true;
  }
}

function sourceMoved(before: SourceState, after: SourceState): boolean {
  return (
    before.state !== after.state || before.via !== after.via || before.problem?.code !== after.problem?.code
  );
}

/** Output that grows is no news of a run. */
function runMoved(before: Run | undefined, after: Run): boolean {
  return before === undefined || !same({ ...before, outputBytes: 0 }, { ...after, outputBytes: 0 });
}
