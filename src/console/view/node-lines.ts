import type { OutageCause } from '../../model/outage/cause.ts';
import type { Cell, Row } from '../../theme/cell.ts';
import type { MarkName } from '../../theme/marks.ts';
import type { Scene } from '../scene.ts';
import type { ShownNode } from '../shown-nodes.ts';
import { verdictWord } from '../verdict-word.ts';
import { cell, mark } from './line.ts';

/** Whether the node belongs on the first screen. */
export function needsAttention(node: ShownNode): boolean {
  return node.state !== 'healthy' || node.warned.length > 0;
}

/** The mark of a node's state; what is not known to be so now is unknown. */
export function nodeMark(node: ShownNode): MarkName {
  if (!node.current) return 'unknown';
  return node.state === 'healthy' && node.warned.length > 0 ? 'warning' : node.state;
}

/** One line: mark, name, state, the first thing wrong with it. */
export function nodeLine(node: ShownNode, scene: Scene): Row {
  const first = node.failed[0] ?? node.warned[0] ?? (node.vanished ? 'gone from the health endpoint' : '');
  const more = node.failed.length + node.warned.length - 1;
  return [
    mark(nodeMark(node), scene.look),
    cell(` ${node.name} ${node.state}`),
    ...(node.expected === null ? [] : [cell('   '), ...expectedCells(node.expected)]),
    cell(first ? `   ${first}` : ''),
    cell(more > 0 ? `   and ${more} more` : '', 'faint'),
  ];
}

/** Whether what is wrong is expected for now, and which phase causes it; nothing where nothing is wrong. */
export function expectedCells(expected: OutageCause | null): Row {
  if (expected === null) return [];
  if (expected.phase === null) return [verdictCell(expected)];
  return [verdictCell(expected), cell(` ${expected.phase}`, 'faint')];
}

/** The same in one word, for a column. */
export function verdictCell(expected: OutageCause): Cell {
  return cell(verdictWord(expected), expected.phase === null ? 'bad' : 'warn');
}
