import type { Row } from '../../theme/cell.ts';
import { wrap } from '../cells.ts';
import { clockTime, dateTimeWithZone, zone } from '../format/instant.ts';
import { phaseFlags } from '../phase-flags.ts';
import type { PlanNode } from '../plan-tree.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { whoIs } from '../who-is.ts';
import { cell, mark } from './line.ts';

type Asked = { scene: Scene; ui: Ui; node: PlanNode; width: number };

/** What people set and wrote on a phase and did to it: its breakpoint, whose doing its last change was, its notes. */
export function phaseRecordRows(asked: Asked): Row[] {
  return [...foreignRows(asked), ...breakpointRows(asked), ...noteRows(asked)];
}

function foreignRows({ scene, node, width }: Asked): Row[] {
  const { foreign } = phaseFlags(node, scene.cluster, false);
  if (foreign === null) return [];
  const words =
    foreign === 'running'
      ? 'not begun from here: another shell runs it, or gravity itself'
      : 'not from here: another shell or gravity itself';
  return wrap(words, width).map((line): Row => [cell(line, 'warn')]);
}

function breakpointRows({ scene, ui, node, width }: Asked): Row[] {
  return scene.cluster.breakpoints
    .filter(({ phase }) => phase === node.phase.id)
    .flatMap(({ by, set }) => {
      const when = dateTimeWithZone(set, ui.time, scene.now);
      const words = `breakpoint: the autopilot stops before it; set by ${whoIs(by)}, ${when}`;
      return wrap(words, width - 2).map(
        (line, index): Row => [
          index === 0 ? mark('paused', scene.look) : cell(' '),
          cell(` ${line}`, 'warn'),
        ],
      );
    });
}

/** The newest last, as they were written. */
function noteRows({ scene, ui, node, width }: Asked): Row[] {
  const notes = scene.cluster.notes.filter(({ phase }) => phase === node.phase.id);
  if (notes.length === 0) return [];
  return [
    [],
    [cell(notes.length === 1 ? 'note' : 'notes', 'faint')],
    ...notes.flatMap(({ at, by, text }) => {
      const when = ui.time === 'relative' ? '' : zone(scene.now, ui.time);
      const words = `${clockTime(at, ui.time, scene.now)}${when} ${whoIs(by)}: ${text}`;
      return wrap(words, width - 2).map((line, index): Row => [cell(index === 0 ? '' : '  '), cell(line)]);
    }),
  ];
}
