import { upgradeOf } from '../../model/node-upgrade.ts';
import type { OutageCause } from '../../model/outage/cause.ts';
import type { Cell, Row } from '../../theme/cell.ts';
import type { MarkName } from '../../theme/marks.ts';
import { column, columnRight } from '../cells.ts';
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

/** The names of the columns of `nodeTableRow`, whose first is `name` cells wide. */
export function nodeTableHead(name: number): Row {
  return [
    cell(
      `  ${column('', name)} ${column('state', 9)} ${columnRight('probes', 6)} ${columnRight('upgrade', 8)}`,
      'faint',
    ),
  ];
}

/** The same line with the number of its probes, and of its phases that are completed, in columns. */
export function nodeTableRow(node: ShownNode, scene: Scene, name: number): Row {
  const [sign, , ...why] = nodeLine(node, scene);
  const said = `${columnRight(probeWord(node), 6)} ${columnRight(upgradeWord(node, scene), 8)}`;
  return [
    ...(sign ? [sign] : []),
    cell(` ${column(node.name, name)} ${column(node.state, 9)} ${said}`),
    ...why,
  ];
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

/** Its leaves of the plan, those completed first; `-` when the plan does not touch it. */
export function upgradeWord({ name }: ShownNode, { cluster }: Scene): string {
  const { done, leaves } = upgradeOf(cluster, name);
  return leaves === 0 ? '-' : `${done}/${leaves}`;
}

/** `23 ok`, `3 bad`, or `-` when the health endpoint says nothing of the node: never 0 for what is not known. */
export function probeWord(node: ShownNode): string {
  if (node.failed.length > 0) return `${node.failed.length} bad`;
  if (node.probes.length === 0) return '-';
  return `${node.probes.filter((probe) => probe.state === 'running').length} ok`;
}
