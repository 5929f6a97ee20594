import type { Row } from '../../theme/cell.ts';
import { breakpointWords } from '../breakpoint-words.ts';
import { wrap } from '../cells.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { whoIs } from '../who-is.ts';
import { armedBy, autopilotRole, autopilotWords } from './autopilot.ts';
import { cell, mark } from './line.ts';

/** What was set on the plan's operation as a whole: its autopilot and every breakpoint, those of no phase among them. */
export function operationRecordRows(scene: Scene, at: { ui: Ui; width: number }): Row[] {
  return [...autopilotRows(scene, at.width), ...breakpointRows(scene, at)];
}

function autopilotRows({ cluster }: Scene, width: number): Row[] {
  const { autopilot } = cluster;
  if (autopilot === null) return [];
  const role = autopilotRole(autopilot);
  return [
    [],
    ...wrap(armedBy(autopilot), width).map((line): Row => [cell(line, 'title')]),
    ...wrap(autopilotWords(autopilot), width).map((line): Row => [cell(line, role)]),
  ];
}

function breakpointRows({ cluster, look, now }: Scene, { ui, width }: { ui: Ui; width: number }): Row[] {
  if (cluster.breakpoints.length === 0) return [];
  const rows = cluster.breakpoints.flatMap((one) =>
    wrap(`${breakpointWords(one, ui.time, now)}, set by ${whoIs(one.by)}`, width - 2).map(
      (line, index): Row => [
        index === 0 ? { ...mark('paused', look), word: '' } : cell(' '),
        cell(` ${line}`),
      ],
    ),
  );
  return [[], [cell('the autopilot stops', 'faint')], ...rows];
}
