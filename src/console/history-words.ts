import type { HistoryEvent } from '../protocol/history.ts';
import type { MarkName } from '../theme/marks.ts';

/** How an event of the timeline is said: gravity's words where it has some, the agent's own in small letters. */
export const historyWords: Record<HistoryEvent['kind'], { mark: MarkName; word: string }> = {
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
};
