import type { MarkName } from '../theme/marks.ts';
import type { TimelineEvent } from './timeline.ts';

/** How an event of the timeline is said: gravity's words where it has some, the agent's own in small letters. */
export const historyWords: Record<TimelineEvent['kind'], { mark: MarkName; word: string }> = {
  'cluster.healthy': { mark: 'healthy', word: 'Cluster Healthy' },
  'cluster.degraded': { mark: 'degraded', word: 'Cluster Degraded' },
  'cluster.upgrade': { mark: 'running', word: 'Cluster Upgrade' },
  'node.added': { mark: 'happened', word: 'Node Added' },
  'node.removed': { mark: 'rolled_back', word: 'Node Removed' },
  'node.healthy': { mark: 'healthy', word: 'Node Healthy' },
  'node.degraded': { mark: 'degraded', word: 'Node Degraded' },
  'probe.succeeded': { mark: 'healthy', word: 'Probe Succeeded' },
  'probe.failed': { mark: 'failed', word: 'Probe Failed' },
  'leader.elected': { mark: 'happened', word: 'Leader Elected' },
  'node.silent': { mark: 'offline', word: 'no answer' },
  'node.vanished': { mark: 'lost', word: 'no longer listed' },
  unknown: { mark: 'unknown', word: 'unknown event' },
  'phase.started': { mark: 'running', word: 'phase started' },
  'phase.completed': { mark: 'completed', word: 'phase completed' },
  'phase.failed': { mark: 'failed', word: 'phase failed' },
  'phase.rolled-back': { mark: 'rolled_back', word: 'phase rolled back' },
  'phase.reset': { mark: 'unstarted', word: 'phase reset' },
  'run.done': { mark: 'done', word: 'run' },
  'run.failed': { mark: 'failed', word: 'run' },
  'run.other': { mark: 'running', word: 'run' },
  note: { mark: 'happened', word: 'note' },
  control: { mark: 'happened', word: 'control' },
};
