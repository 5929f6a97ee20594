import { eventNode } from '../../model/event-node.ts';
import type { Row } from '../../theme/cell.ts';
import { clip, column, wrap } from '../cells.ts';
import { dateTime } from '../format/instant.ts';
import { historyWords } from '../history-words.ts';
import type { Scene } from '../scene.ts';
import type { ShownNode } from '../shown-nodes.ts';
import type { Ui } from '../ui.ts';
import { cell, mark } from './line.ts';
import { expectedCells, nodeMark } from './node-lines.ts';

/** All that is known of one node: what is wrong with it first, then every probe, then what happened to it lately. */
export function nodeDetailRows(node: ShownNode, scene: Scene, at: { ui: Ui; width: number }): Row[] {
  const probes = [...node.probes].sort((a, b) => rank(a) - rank(b));
  const agent = scene.cluster.agents?.find((one) => one.ip === node.ip || one.hostname === node.name);
  return [
    [cell(clip(node.name, at.width), 'title'), cell(`  ${node.ip}`, 'faint')],
    [mark(nodeMark(node), scene.look), cell(` ${node.state}`)],
    ...(node.expected === null ? [] : [expectedCells(node.expected)]),
    ...(agent
      ? [[cell('update agent '.padEnd(14), 'faint'), cell(`${agent.state} ${agent.version ?? ''}`)]]
      : []),
    [],
    ...(node.probes.length === 0
      ? [
          [cell('The health endpoint says nothing of this node.', 'warn' as const)],
          ...toldRows(node, at.width),
        ]
      : []),
    ...probes.flatMap((probe) => probeRows(probe, scene, at.width)),
    ...eventRows(node, scene, at.ui),
  ];
}

function rank(probe: { state: string; severity: string | null }): number {
  if (probe.state === 'running') return 2;
  return probe.severity === 'warning' ? 1 : 0;
}

function probeRows(
  probe: { checker: string; state: string; severity: string | null; text: string },
  scene: Scene,
  width: number,
): Row[] {
  if (probe.state === 'running')
    return [
      [
        mark('healthy', scene.look),
        cell(` ${column(probe.checker, 24)}`),
        cell(clip(probe.text, width - 27), 'faint'),
      ],
    ];
  const warning = probe.severity === 'warning';
  const role = warning ? 'warn' : 'bad';
  return [
    [
      mark(warning ? 'warning' : 'failed', scene.look),
      cell(` ${probe.checker}`, role),
      cell(`  ${probe.severity ?? 'critical'}`, 'faint'),
    ],
    ...wrap(probe.text, width - 2).map((line): Row => [cell(`  ${line}`, role)]),
  ];
}

function toldRows(node: ShownNode, width: number): Row[] {
  return [...node.failed, ...node.warned].flatMap((text) =>
    wrap(text, width).map((line): Row => [cell(line, 'bad')]),
  );
}

function eventRows(node: ShownNode, scene: Scene, ui: Ui): Row[] {
  const mine = scene.cluster.history.filter((event) => eventNode(scene.cluster, event.node) === node.name);
  if (mine.length === 0) return [];
  const rows = mine
    .slice(-8)
    .reverse()
    .map(
      (event): Row => [
        cell(`${dateTime(event.at, ui.time, scene.now)}  `, 'faint'),
        mark(historyWords[event.kind].mark, scene.look),
        cell(` ${column(historyWords[event.kind].word, 17)} ${event.checker ?? ''}`),
      ],
    );
  return [[], [cell('lately', 'faint')], ...rows];
}
