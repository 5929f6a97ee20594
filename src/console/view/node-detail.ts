import { nodeCurrencyWords } from '../../model/health-words.ts';
import { nodeEvents } from '../../model/node-events.ts';
import { silenceWords } from '../../model/node-silence.ts';
import { nodeStrip, type Told } from '../../model/node-strip.ts';
import { upgradeOf } from '../../model/node-upgrade.ts';
import type { HistoryEvent } from '../../protocol/history.ts';
import type { Row } from '../../theme/cell.ts';
import { clip, column, wrap } from '../cells.ts';
import { clockTime, dateTime } from '../format/instant.ts';
import { historyWords } from '../history-words.ts';
import { nodeTold } from '../node-told.ts';
import type { Scene } from '../scene.ts';
import type { ShownNode } from '../shown-nodes.ts';
import type { Ui } from '../ui.ts';
import { eventMark } from './event-mark.ts';
import { cell, mark } from './line.ts';
import { expectedCells, nodeMark } from './node-lines.ts';
import { nodeSinceRows } from './since-began.ts';
import { stripRow } from './strip.ts';

/** All that is known of one node: what is wrong with it first, then every probe, then what happened to it lately. */
export function nodeDetailRows(node: ShownNode, scene: Scene, at: { ui: Ui; width: number }): Row[] {
  const probes = [...node.probes].sort((a, b) => rank(a) - rank(b));
  const events = nodeEvents(scene.cluster).get(node.name) ?? [];
  return [
    [cell(clip(node.name, at.width), 'title'), cell(`  ${node.ip}`, 'faint')],
    [mark(nodeMark(node), scene.look), cell(` ${node.state}`, node.current ? undefined : 'faint')],
    ...currencyRows(node, scene, at),
    ...(node.expected === null ? [] : [expectedCells(node.expected)]),
    ...node.contradictions.flatMap((text) => wrap(text, at.width).map((line): Row => [cell(line, 'warn')])),
    ...factRows(node, scene, at),
    [],
    ...nodeSinceRows(node.name, scene, at),
    ...dayRows(nodeTold(node, events, scene), scene, at.width),
    [],
    ...(node.probes.length === 0
      ? [[cell(silenceWords(node), 'warn' as const)], ...toldRows(node, at.width)]
      : []),
    ...probes.flatMap((probe) => probeRows(probe, scene, at.width)),
    ...eventRows(events, scene, at.ui),
  ];
}

/** Since when the state is not known, where it is not. */
function currencyRows(
  node: ShownNode,
  { cluster, now }: Scene,
  { ui, width }: { ui: Ui; width: number },
): Row[] {
  if (node.current) return [];
  const text = nodeCurrencyWords(node, cluster, { now, clock: (at) => clockTime(at, ui.time, now) });
  return wrap(text, width).map((line): Row => [cell(line, 'warn')]);
}

function factRows(node: ShownNode, scene: Scene, { width }: { width: number }): Row[] {
  const { agent, role, profile, access } = node;
  const { done, leaves } = upgradeOf(scene.cluster, node.name);
  const fact = (name: string, text: string | null): Row[] =>
    text === null ? [] : [[cell(name.padEnd(14), 'faint'), cell(clip(text, width - 14))]];
  return [
    ...fact('role', [...new Set([role, profile])].filter((word) => word !== null).join(', ') || null),
    ...fact('access', access === 'unknown' ? null : access),
    ...fact('upgrade', leaves === 0 ? null : `${done} of its ${leaves} leaves completed`),
    ...fact('update agent', agent === null ? null : `${agent.state} ${agent.version ?? ''}`),
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
        cell(` ${column(probe.checker, 24)} `),
        cell(clip(probe.text, width - 28), 'faint'),
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

/** Everything the timeline has of it, newest first. */
function eventRows(events: readonly HistoryEvent[], scene: Scene, ui: Ui): Row[] {
  if (events.length === 0) return [];
  const rows = events
    .toReversed()
    .map(
      (event): Row => [
        cell(`${dateTime(event.at, ui.time, scene.now)}  `, 'faint'),
        eventMark(event.kind, scene.look),
        cell(` ${column(historyWords[event.kind].word, 17)} ${event.checker ?? ''} `),
        ...expectedCells(scene.outages.causeOfEvent(event)),
      ],
    );
  return [
    [],
    [
      cell(
        `its history, newest first, ${events.length === 1 ? 'one event' : `${events.length} events`}`,
        'faint',
      ),
    ],
    ...rows,
  ];
}

const quarterHour = 900_000;
const cellsADay = 96;

/** The last day, in as few lines as fit: each begins with how long ago it begins. */
function dayRows(told: Told, scene: Scene, width: number): Row[] {
  const to = (Math.floor(scene.now / quarterHour) + 1) * quarterHour;
  const strip = nodeStrip(told, { from: to - cellsADay * quarterHour, to, cells: cellsADay });
  const perLine = [96, 48, 24].find((cells) => cells + 6 <= width) ?? 12;
  const rows: Row[] = [[cell('24 hours, a quarter hour each, the worst in it', 'faint')]];
  for (let from = 0; from < cellsADay; from += perLine)
    rows.push([
      cell(`-${(cellsADay - from) / 4}h`.padEnd(6), 'faint'),
      ...stripRow(strip.slice(from, from + perLine), scene.look),
    ]);
  return rows;
}
