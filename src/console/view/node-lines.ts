import type { Row } from '../../theme/cell.ts';
import type { MarkName } from '../../theme/marks.ts';
import type { Scene } from '../scene.ts';
import type { ShownNode } from '../shown-nodes.ts';
import { cell, mark } from './line.ts';

/** Whether the node belongs on the first screen. */
export function needsAttention(node: ShownNode): boolean {
  return node.state !== 'healthy' || node.warned.length > 0;
}

/** The mark of a node's state. */
export function nodeMark(node: ShownNode): MarkName {
  return node.state === 'healthy' && node.warned.length > 0 ? 'warning' : node.state;
}

/** One line: mark, name, state, the first thing wrong with it. */
export function nodeLine(node: ShownNode, scene: Scene): Row {
  const first =
    node.failed[0] ?? node.warned[0] ?? (node.vanished ? 'the health endpoint no longer lists it' : '');
  const more = node.failed.length + node.warned.length - 1;
  return [
    mark(nodeMark(node), scene.look),
    cell(` ${node.name} ${node.state}`),
    cell(first ? `   ${first}` : ''),
    cell(more > 0 ? `   and ${more} more` : '', 'faint'),
    ...expectedCells(node),
  ];
}

/** Whether what is wrong is bound to be so for now; nothing where nothing is wrong. */
export function expectedCells(node: ShownNode): Row {
  if (node.expected === null) return [];
  return [node.expected ? cell('   expected', 'faint') : cell('   NOT EXPECTED', 'bad')];
}
