import type { Scene } from '../scene.ts';
import { nodesOf, type ShownNode } from '../shown-nodes.ts';
import { verdictWord } from '../verdict-word.ts';

/** Every node whose state, or what is wrong with it, changed: with all that is wrong, and whether it was to be expected. */
export function nodeChanges(before: Scene, after: Scene): string[] {
  const same =
    before.cluster.health === after.cluster.health && before.cluster.status === after.cluster.status;
  if (same) return [];
  const known = new Map(nodesOf(before).map((node) => [node.ip, node]));
  return nodesOf(after).flatMap((node) => {
    const was = known.get(node.ip);
    return was !== undefined && said(was) === said(node) ? [] : [`node ${node.name} ${said(node)}`];
  });
}

function said(node: ShownNode): string {
  const wrong = [...node.failed, ...node.warned.map((text) => `warning ${text}`)].join('; ');
  const gone = node.vanished ? ', gone from the health endpoint' : '';
  return `${node.state}${gone}${wrong === '' ? '' : `: ${wrong}`}${verdict(node)}`;
}

function verdict({ expected }: ShownNode): string {
  if (expected === null) return '';
  const word = verdictWord(expected);
  return expected.phase === null
    ? ` (${word})`
    : ` (${word}${expected.stopped ? ',' : ' by'} ${expected.phase})`;
}
