import { passes } from './filter.ts';
import type { Scene } from './scene.ts';
import { nodesOf, type ShownNode } from './shown-nodes.ts';
import { verdictWord } from './verdict-word.ts';

/** The nodes that pass the filter, the worst first: unexpected trouble, then unknown, then expected, then warned. */
export function nodeItems(scene: Scene, filter: string): ShownNode[] {
  return worstFirst(nodesOf(scene)).filter((node) =>
    passes(filter, {
      names: [
        node.name,
        node.ip,
        node.role,
        node.profile,
        node.state,
        node.expected === null ? null : verdictWord(node.expected),
      ],
      texts: [...node.failed, ...node.warned, node.expected?.phase ?? null],
    }),
  );
}

/** Nodes in the order in which somebody must look at them, equal ones as the sources name them. */
export function worstFirst(nodes: readonly ShownNode[]): ShownNode[] {
  return nodes.toSorted((one, other) => badness(other) - badness(one));
}

/**
 * How much a node needs somebody, 0 where not at all. Silence is worse than a failed probe; what is expected is no worse
 * than what nobody knows.
 */
export function badness({ expected, state, vanished, warned }: ShownNode): number {
  const silent = vanished || state === 'offline' ? 1 : 0;
  if (expected !== null && expected.phase === null) return 8 + silent;
  if (expected !== null) return (expected.stopped ? 4 : 2) + silent;
  if (state !== 'healthy') return 6;
  return warned.length > 0 ? 1 : 0;
}
