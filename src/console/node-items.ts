import { passes } from './filter.ts';
import type { Scene } from './scene.ts';
import { nodesOf, type ShownNode } from './shown-nodes.ts';

/** The nodes that pass the filter, in the order the sources name them. */
export function nodeItems(scene: Scene, filter: string): ShownNode[] {
  return nodesOf(scene).filter((node) =>
    passes(
      filter,
      `${node.name} ${node.ip} ${node.role ?? ''} ${node.profile ?? ''} ${node.state} ${node.failed.join(' ')} ${node.warned.join(' ')}`,
    ),
  );
}
