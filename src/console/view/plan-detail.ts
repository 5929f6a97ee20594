import { dependentsOf } from '../../model/dependents.ts';
import { phaseKind } from '../../model/phase-kinds.ts';
import { indexPlan } from '../../model/phase-tree.ts';
import type { Row } from '../../theme/cell.ts';
import { marks } from '../../theme/marks.ts';
import { clip, wrap } from '../cells.ts';
import { dateTimeWithZone } from '../format/instant.ts';
import { passageOf } from '../passage.ts';
import { leavesUnder, type PlanNode } from '../plan-tree.ts';
import type { Scene } from '../scene.ts';
import { shownState } from '../shown-state.ts';
import type { Ui } from '../ui.ts';
import { cell, mark } from './line.ts';
import { observedWords } from './observed-words.ts';
import { phaseRecordRows } from './phase-record.ts';
import { phaseTime, timeRows } from './phase-time-rows.ts';

type Asked = { scene: Scene; ui: Ui; node: PlanNode; width: number };

/** All that is known of one phase, in words: what it does, its state, where, what it waits for, and its error in full. */
export function planDetailRows(asked: Asked): Row[] {
  const { node, scene, width } = asked;
  return [
    [cell(clip(node.phase.id, width), 'title')],
    ...wrap(node.phase.description, width).map((line): Row => [cell(line)]),
    [],
    ...stateRows(asked),
    ...errorRows(asked),
    ...phaseRecordRows(asked),
    ...placeRows(asked),
    ...requireRows(asked),
    ...unblockRows(asked),
    ...(node.phase.leaf ? kindRows(asked) : failedBelow(node, scene, width)),
  ];
}

function stateRows({ scene, ui, node, width }: Asked): Row[] {
  const state = shownState(node, scene);
  const { began, attempts } = passageOf(node, scene);
  const time = phaseTime(node, scene, state);
  const often = attempts !== null && (attempts > 1 || (attempts > 0 && state === 'running'));
  const rows: Row[] = [
    [
      mark(state, scene.look),
      cell(` ${marks[state].word}`, marks[state].role),
      cell(time.text === '' ? '' : ` ${time.text}`, time.late ? 'warn' : undefined),
      cell(often ? `   attempt ${attempts}` : ''),
    ],
    ...timeRows(node, scene, width),
  ];
  const beyond = observedWords(node, scene);
  if (beyond !== null) rows.push(...wrapped('known', beyond, width));
  if (!node.phase.leaf) rows.push(label('leaves', `${node.completed} of ${node.leaves} completed`));
  if (node.phase.updated !== null) rows.push(label('changed', changedAt(node.phase.updated, scene, ui)));
  else if (began !== null) rows.push(label('began', dateTimeWithZone(began, ui.time, scene.now)));
  return rows;
}

/** Gravity's tables name no year. */
function changedAt(instant: string, scene: Scene, ui: Ui): string {
  const assumed = scene.cluster.sources.plan.remarks.includes('year-assumed');
  return dateTimeWithZone(instant, ui.time, scene.now) + (assumed ? ', year assumed' : '');
}

function errorRows({ node, width }: Asked): Row[] {
  if (node.phase.error === null) return [];
  return [[], ...wrap(node.phase.error, width).map((line): Row => [cell(line, 'bad')]), []];
}

function placeRows({ scene, node, width }: Asked): Row[] {
  const { node: about, runsOn } = node.phase;
  const agent = scene.cluster.agents?.find((one) => one.hostname === (runsOn ?? about));
  const elsewhere = runsOn === null ? null : `${withAddress(runsOn, scene)}, not the node it is about`;
  return [
    ...(about === null ? [] : wrapped('about', withAddress(about, scene), width)),
    ...(elsewhere === null ? [] : wrapped('runs on', runsOn === about ? 'the same node' : elsewhere, width)),
    ...(agent
      ? wrapped('agent', `update agent ${agent.state}${agent.version ? ` ${agent.version}` : ''}`, width)
      : []),
  ];
}

function withAddress(host: string, scene: Scene): string {
  const server = scene.cluster.plan?.servers.find((one) => one.hostname === host);
  return server ? `${host} ${server.ip}` : host;
}

function requireRows({ scene, node }: Asked): Row[] {
  return node.phase.requires.map((id, index): Row => {
    const required = scene.tree.byId.get(id);
    const state = required ? shownState(required, scene) : 'unknown';
    return [
      cell((index === 0 ? 'requires' : '').padEnd(10), 'faint'),
      mark(state, scene.look),
      cell(` ${id}`),
    ];
  });
}

function unblockRows({ scene, node, width }: Asked): Row[] {
  const { plan } = scene.cluster;
  const waiting = [...scene.tree.byId.values()].filter((one) => one.phase.requires.includes(node.phase.id));
  const rows =
    waiting.length === 0 ? [] : wrapped('unblocks', listed(waiting.map((one) => one.phase.id)), width);
  if (plan === null || node.phase.state === 'unstarted' || node.phase.state === 'rolled_back') return rows;
  const first = dependentsOf(indexPlan(plan), node.phase.id);
  if (first.length === 0) return rows;
  const words = `to roll it back, first roll back ${listed(first)}`;
  return [...rows, ...wrap(words, width).map((line): Row => [cell(line, 'faint')])];
}

function listed(ids: readonly string[]): string {
  return ids.length > 3 ? `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more` : ids.join(', ');
}

function kindRows({ node, width }: Asked): Row[] {
  const kind = phaseKind(node.phase.kind);
  const rows: Row[] = [
    [],
    ...wrap(`${node.phase.kind}: ${kind.does}`, width).map((line): Row => [cell(line, 'faint')]),
  ];
  if (kind.dark)
    rows.push(
      ...wrap(`expected to go dark on the node it runs on: ${kind.dark.what}`, width).map(
        (line): Row => [cell(line, 'faint')],
      ),
    );
  if (kind.irreversible)
    rows.push(...wrap(`irreversible: ${kind.irreversible}`, width).map((line): Row => [cell(line, 'warn')]));
  return rows;
}

/** The failures of a group are told where the group is looked at, not only three levels down. */
function failedBelow(node: PlanNode, scene: Scene, width: number): Row[] {
  return leavesUnder(node)
    .filter((leaf) => leaf.phase.state === 'failed')
    .slice(0, 3)
    .flatMap((leaf): Row[] => [
      [],
      [mark('failed', scene.look), cell(` ${clip(leaf.phase.id, width - 2)}`, 'bad')],
      ...wrap(leaf.phase.error ?? 'no error was recorded', width).map((line): Row => [cell(line, 'bad')]),
    ]);
}

function label(name: string, text: string): Row {
  return [cell(name.padEnd(10), 'faint'), cell(text)];
}

function wrapped(name: string, text: string, width: number): Row[] {
  return wrap(text, width - 10).map((line, index) => label(index === 0 ? name : '', line));
}
