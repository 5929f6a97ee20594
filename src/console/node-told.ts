import type { Told } from '../model/node-strip.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import type { Scene } from './scene.ts';
import type { ShownNode } from './shown-nodes.ts';

/**
 * What is told of a node for a strip that ends now: what the plan explains is told apart from what it does not, and nothing
 * is told by old news.
 */
export function nodeTold(
  node: ShownNode,
  events: readonly HistoryEvent[],
  { outages }: Pick<Scene, 'outages'>,
): Told {
  return {
    events,
    state: !node.current ? 'unknown' : node.vanished ? 'offline' : node.state,
    isExpected: (node.expected?.phase ?? null) !== null,
    expectedUntil: outages.expectedUntil,
  };
}
