import { countLeaves } from '../../model/counts.ts';
import { nextLeaf } from '../../model/next-leaf.ts';
import { operationName } from '../../model/operation-name.ts';
import { operationType } from '../../model/operation-type.ts';
import type { Operation } from '../../protocol/operation.ts';
import type { Plan } from '../../protocol/plan.ts';
import type { Row } from '../../theme/cell.ts';
import type { Role } from '../../theme/roles.ts';
import { wrap } from '../cells.ts';
import { endWords } from '../end-words.ts';
import { dateTime, zone } from '../format/instant.ts';
import { named } from '../run-name.ts';
import type { Scene } from '../scene.ts';
import { shownState } from '../shown-state.ts';
import type { Ui } from '../ui.ts';
import { whoIs } from '../who-is.ts';
import { cell, mark } from './line.ts';
import { operationRecordRows } from './operation-record.ts';

/** All that is known of one operation: what gravity says of it, how far its plan is, and what was run for it from here. */
export function operationDetailRows(
  operation: Operation,
  scene: Scene,
  at: { ui: Ui; width: number },
): Row[] {
  const { id, type, state, description, created } = operation;
  const label = labelled(at.width);
  const made =
    created === null
      ? 'unknown'
      : `${dateTime(created, at.ui.time, scene.now)}${at.ui.time === 'relative' ? '' : zone(scene.now, at.ui.time)}`;
  return [
    [cell(operationName(type), 'title'), cell(`  ${id}`, 'faint')],
    ...label('state', state, operationRole(state)),
    ...label('type', type),
    ...label('what', description === '' ? 'not described' : description),
    ...label('created', made),
    [],
    ...planPart(operation, scene, { ...at, label }),
    ...runPart(operation, scene, at),
  ];
}

/** What an operation's state means for the eye; gravity has a word for every step on the way, all of them unfinished. */
export function operationRole(state: string): Role {
  if (state === 'completed') return 'good';
  return state === 'failed' ? 'bad' : 'warn';
}

type Label = (name: string, text: string, role?: Role) => Row[];

function labelled(width: number): Label {
  return (name, text, role) =>
    wrap(text, width - 10).map(
      (line, index): Row => [cell((index === 0 ? name : '').padEnd(10), 'faint'), cell(line, role)],
    );
}

/** The plan on the screen is one operation's; of any other nothing is known but what the list says. */
function planPart(
  { id, type, progress }: Operation,
  scene: Scene,
  at: { ui: Ui; width: number; label: Label },
): Row[] {
  const { plan } = scene.cluster;
  const { label } = at;
  if (!operationType(type).hasPlan)
    return [
      ...label('plan', 'it has none: gravity runs it automatically', 'faint'),
      ...(progress === null ? [] : label('progress', progress)),
    ];
  if (plan === null || plan.operation.id !== id)
    return label('plan', `not the one read here: gravity plan --operation-id=${id} shows it`, 'faint');
  const { leaves, completed, failed } = countLeaves(plan.phases);
  return [
    ...label('plan', `${completed}/${leaves} leaves completed${failed > 0 ? `, ${failed} failed` : ''}`),
    ...scene.tree.active
      .slice(0, 3)
      .map((leaf): Row => leafRow(leaf.phase.id, shownState(leaf, scene), scene)),
    ...scene.tree.failed
      .slice(0, 3)
      .flatMap((leaf): Row[] => [
        leafRow(leaf.phase.id, 'failed', scene),
        ...(leaf.phase.error === null ? [] : label('', leaf.phase.error, 'bad')),
      ]),
    ...endRows(scene, at),
    ...nextRows(plan, label),
    ...versions(plan, label),
    ...operationRecordRows(scene, at),
  ];
}

function versions({ operation }: Plan, label: Label): Row[] {
  if (operation.gravityVersion === null) return [];
  return label('gravity', `${operation.gravityVersion}, named by the plan`);
}

/** The likely end, and the range that nine of ten cases are in. */
function endRows(scene: Scene, { ui, label }: { ui: Ui; label: Label }): Row[] {
  const end = endWords(scene, ui.time);
  if (end === null) return [];
  return [...label('end', end.long), ...(end.wide === null ? [] : label('', end.wide, 'faint'))];
}

function leafRow(id: string, state: Parameters<typeof mark>[0], scene: Scene): Row {
  return [cell(' '.repeat(10)), mark(state, scene.look), cell(` ${id}`)];
}

function nextRows(plan: Plan, label: Label): Row[] {
  const next = nextLeaf(plan);
  return next === null ? label('next', 'every leaf is completed') : label('next', next.id);
}

/** Runs that this agent made of it. */
function runPart({ id }: Operation, scene: Scene, { width }: { width: number }): Row[] {
  const mine = scene.cluster.runs.filter((run) => run.operationId === id).slice(0, 8);
  if (mine.length === 0) return [];
  return [
    [],
    [cell('run from here', 'faint')],
    ...mine.flatMap((run): Row[] =>
      wrap(`${named(run)}, ${run.state}, ${whoIs(run.by)}`, width - 2).map(
        (line, index): Row => [index === 0 ? mark(run.state, scene.look) : cell(' '), cell(` ${line}`)],
      ),
    ),
  ];
}
