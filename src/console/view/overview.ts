import { meantOperation } from '../../model/active-operation.ts';
import { contradictions } from '../../model/contradictions.ts';
import { countLeaves } from '../../model/counts.ts';
import { clockWords, nodesUnknownWords } from '../../model/health-words.ts';
import { knownPlan } from '../../model/observed-plan.ts';
import { operationName } from '../../model/operation-name.ts';
import { planAbsence } from '../../model/plan-absence.ts';
import type { Operation } from '../../protocol/operation.ts';
import type { SourceState } from '../../protocol/source.ts';
import type { Row } from '../../theme/cell.ts';
import { clip, width, wrap } from '../cells.ts';
import { endWords } from '../end-words.ts';
import { roughly } from '../format/duration.ts';
import { clockTime, epoch } from '../format/instant.ts';
import { lateSources } from '../late-sources.ts';
import { bodyHeight } from '../layout.ts';
import { worstFirst } from '../node-items.ts';
import { planAbsenceWords } from '../plan-absence-words.ts';
import { focusOf } from '../plan-items.ts';
import { rolledBackWords } from '../rolled-back-words.ts';
import { named } from '../run-name.ts';
import type { Scene } from '../scene.ts';
import { nodesOf, type ShownNode } from '../shown-nodes.ts';
import { shownState } from '../shown-state.ts';
import { timelineOf } from '../timeline.ts';
import type { Ui } from '../ui.ts';
import { historyRow } from './history.ts';
import { cell, clipRow, fill, mark } from './line.ts';
import { listHead } from './list.ts';
import { needsAttention, nodeLine, nodeTableHead, nodeTableRow } from './node-lines.ts';

/** From this width on every node has its line; below it as many of those that are not healthy. */
const wideFrom = 120;
const narrowMost = 6;

/** The whole on one screen: the cluster, what goes on, what is wrong, where that is known from, what happened lately. */
export function overviewRows(scene: Scene, ui: Ui): Row[] {
  const height = bodyHeight(scene.size);
  const rows = overviewText(scene, ui);
  const top = Math.min(ui.lists.overview.top, Math.max(0, rows.length - height));
  const at = { cells: scene.size.columns, look: scene.look };
  const [first = [], ...rest] = rows.slice(top);
  const head = listHead(first, { top, height, count: rows.length }, at);
  return fill([head, ...rest.map((row) => clipRow(row, at.cells, at.look))], height);
}

/** All of it, however long it gets. */
export function overviewText(scene: Scene, ui: Ui): Row[] {
  return [
    ...clusterRows(scene),
    ...operationRows(scene, ui),
    ...clockRows(scene),
    ...contradictions(scene.cluster, scene.now).flatMap((text) => said(scene, 'disagree', text)),
    [],
    ...nodeRows(scene, ui),
    ...alertRows(scene),
    ...separated(sourceRows(scene)),
    ...latestRows(scene, ui),
  ];
}

function clusterRows(scene: Scene): Row[] {
  const { status, plan } = scene.cluster;
  if (status === null) return [label('cluster', 'status not read yet')];
  const image = status.image ? `${status.image.name} ${status.image.version}` : 'image unknown';
  // With gravity-site away status knows no name; the plan has it.
  const name = status.cluster ?? plan?.operation.cluster ?? 'name unknown';
  const rows: Row[] = [
    [...label('cluster', ''), cell(name, 'strong'), cell(`   ${image}`)],
    [
      ...label('state', ''),
      cell(status.state ?? 'unknown', status.state === 'active' ? 'good' : 'warn'),
      cell(status.reason ? `   ${status.reason}` : ''),
    ],
  ];
  const { ui: web, authGateway } = status.endpoints;
  return [
    ...rows,
    ...endpointRows(scene, 'web', web),
    ...endpointRows(scene, 'gateway', authGateway),
    ...status.localChecks.flatMap((text, index) => said(scene, index === 0 ? 'checks' : '', text)),
  ];
}

function endpointRows({ size }: Scene, name: string, endpoints: readonly string[]): Row[] {
  if (endpoints.length === 0) return [];
  return wrap(endpoints.join('  '), size.columns - 15).map((line, index) =>
    label(index === 0 ? name : '', line),
  );
}

function operationRows(scene: Scene, ui: Ui): Row[] {
  const operation = meantOperation(scene.cluster);
  if (operation === null) return [label('operation', scene.cluster.status === null ? 'unknown' : 'none')];
  const described = known(scene).find((one) => one.id === operation.id);
  const rows: Row[] = [
    label(
      'operation',
      `${operationName(operation.type)} ${operation.id?.slice(0, 8) ?? ''} ${operation.state ?? 'state unknown'}   ${described?.description ?? ''}`,
    ),
  ];
  const progress = planAbsenceWords(scene.cluster)?.progress ?? null;
  if (progress !== null) return [...rows, label('', progress)];
  const rolledBack = rolledBackWords(scene.cluster);
  if (rolledBack !== null) return [...rows, label('', rolledBack)];
  const focus = focusOf(scene.tree);
  if (focus === null) return rows;
  const counts = countLeaves(knownPlan(scene.cluster)?.phases ?? []);
  const state = shownState(focus, scene);
  const failed = counts.failed > 0 ? [cell(`   ${counts.failed} failed`, 'bad')] : [];
  rows.push([
    ...label('', `${counts.completed}/${counts.leaves} leaves`),
    ...failed,
    cell('   '),
    mark(state, scene.look),
    cell(` ${state === 'unstarted' || state === 'rolled_back' ? 'next ' : ''}${focus.phase.id}`),
  ]);
  const end = endWords(scene, ui.time);
  if (end !== null)
    rows.push([...label('', end.long), cell(end.wide === null ? '' : `   ${end.wide}`, 'faint')]);
  if (focus.phase.error)
    rows.push(
      ...wrap(focus.phase.error, scene.size.columns - 16)
        .slice(0, 3)
        .map((line): Row => [cell(' '.repeat(13)), cell(line, 'bad')]),
    );
  return rows;
}

function known(scene: Scene): Operation[] {
  const { status, operations } = scene.cluster;
  return [
    ...(status?.activeOperations ?? []),
    ...(status?.operation ? [status.operation] : []),
    ...(operations ?? []),
  ];
}

function clockRows(scene: Scene): Row[] {
  const words = clockWords(scene.cluster);
  return words === null ? [] : said(scene, 'clock', words);
}

/** Two sources that disagree are both told; which one is right is for the operator to find out (operators.md). */
function said(scene: Scene, name: string, text: string): Row[] {
  return wrap(text, scene.size.columns - 15).map(
    (line, index): Row => [cell(` ${index === 0 ? name : ''}`.padEnd(13), 'warn'), cell(line, 'warn')],
  );
}

/** The worst first; where there is room for it every node has its line, else those that are not healthy. */
function nodeRows(scene: Scene, ui: Ui): Row[] {
  const all = worstFirst(nodesOf(scene));
  if (all.length === 0) return [label('nodes', 'unknown: neither status nor health has named any')];
  const { cluster, now } = scene;
  const unknown = nodesUnknownWords(cluster, { now, clock: (at) => clockTime(at, ui.time, now) });
  // What an old reading shows wrong is told by the words above it; a newer source may still show more.
  const bad = all.filter((node) => needsAttention(node) && (unknown === null || node.current));
  const head: Row[] =
    unknown === null
      ? [[...label('nodes', ''), ...countOf(bad, all.length, scene)]]
      : said(scene, 'nodes', unknown);
  const isWide = scene.size.columns >= wideFrom && unknown === null;
  const shown = isWide ? all : bad.slice(0, narrowMost);
  const left = bad.filter((node) => !shown.includes(node)).length;
  const indented = (row: Row): Row => [cell(' '.repeat(13)), ...row];
  const widest = Math.min(24, Math.max(...all.map(({ name }) => width(name))));
  return [
    ...head,
    ...(isWide ? [indented(nodeTableHead(widest))] : []),
    ...shown.map((node) => indented(isWide ? nodeTableRow(node, scene, widest) : nodeLine(node, scene))),
    ...(left > 0 ? [[cell(`${' '.repeat(13)}and ${left} more: 3 Nodes`, 'faint' as const)]] : []),
  ];
}

function countOf(bad: readonly ShownNode[], all: number, scene: Scene): Row {
  return bad.length === 0 ? [mark('healthy', scene.look), cell(` all ${all} healthy`)] : countCells(bad, all);
}

/** What is expected needs nobody's attention, and is not counted among what does. */
function countCells(bad: readonly ShownNode[], all: number): Row {
  const expected = bad.filter(({ expected }) => expected !== null && expected.phase !== null).length;
  const others = bad.length - expected;
  return [
    ...(others > 0 ? [cell(`${others} of ${all} ${others === 1 ? 'needs' : 'need'} attention`, 'bad')] : []),
    ...(others > 0 && expected > 0 ? [cell(', ')] : []),
    ...(expected > 0 ? [cell(`${expected} of ${all} down, expected`, 'warn')] : []),
  ];
}

function alertRows(scene: Scene): Row[] {
  const { alerts } = scene.cluster.status ?? { alerts: null };
  const firing = alerts?.filter((alert) => alert.state !== 'suppressed') ?? [];
  const worst = firing.toSorted(
    (one, other) => Number(other.severity === 'critical') - Number(one.severity === 'critical'),
  );
  const rows = worst.slice(0, 4).map((alert, index): Row => {
    const since = epoch(alert.since);
    return [
      ...label(index === 0 ? 'alerts' : '', ''),
      cell(alert.name, alert.severity === 'critical' ? 'bad' : 'warn'),
      cell(`   ${alert.severity ?? 'severity unknown'}`, 'faint'),
      cell(since === null ? '' : `   for ${roughly(scene.now - since)}`, 'faint'),
      cell(`   ${alert.message}`),
    ];
  });
  const rest = firing.length - rows.length;
  return rest > 0 ? [...rows, [cell(`${' '.repeat(13)}and ${rest} more`, 'faint')]] : rows;
}

/** Those that are late or fail; the header has the ages of the others that matter. */
function sourceRows(scene: Scene): Row[] {
  const sources = lateSources(scene.cluster, scene.now).filter((source) => !isAbsentPlan(source, scene));
  if (sources.length === 0) return [];
  const failing = sources.filter((source) => source.state === 'failing');
  const ages = sources.map((source) => `${source.source} ${age(source, scene)}`).join('   ');
  return [
    ...wrap(ages, scene.size.columns - 15).map((line, index) => label(index === 0 ? 'last read' : '', line)),
    ...failing.flatMap((source) =>
      said(
        scene,
        '',
        `${source.source}: ${source.problem?.sentence ?? 'failing'} Next: ${source.problem?.nextStep ?? 'the agent tries again'}`,
      ),
    ),
  ];
}

function isAbsentPlan({ source }: SourceState, { cluster }: Scene): boolean {
  return source === 'plan' && planAbsence(cluster) !== null;
}

function age(source: SourceState, scene: Scene): string {
  const at = epoch(source.lastGood);
  if (at === null) return source.state === 'failing' ? 'never, failing' : 'never';
  const via = source.via === undefined ? '' : ` from ${source.via}`;
  return `${roughly(scene.now - at)} ago${via}${source.state === 'failing' ? ', failing' : ''}`;
}

function separated(rows: Row[]): Row[] {
  return rows.length === 0 ? [] : [[], ...rows];
}

function latestRows(scene: Scene, ui: Ui): Row[] {
  const recent = timelineOf(scene.cluster)
    .filter(({ kind }) => !kind.startsWith('run.'))
    .slice(-8)
    .reverse();
  const runs = scene.cluster.runs
    .slice(0, 3)
    .map(
      (run): Row => [
        ...label('', ''),
        cell(`${clockTime(run.startedAt ?? run.queuedAt, ui.time, scene.now)}  `, 'faint'),
        mark(run.state, scene.look),
        cell(` ${clip(named(run), 48)}  ${run.by.user}`),
      ],
    );
  const section = (name: string, rows: Row[]): Row[] =>
    rows.length === 0 ? [] : separated([[cell(` ${name}`, 'faint')], ...rows]);
  return [
    ...section('runs', runs),
    ...section(
      'recent events',
      recent.map((event): Row => [cell('   '), ...historyRow(event, scene, ui)]),
    ),
  ];
}

function label(name: string, text: string): Row {
  return [cell(` ${name}`.padEnd(13), 'faint'), cell(text)];
}
