import { planAbsence } from '../../model/plan-absence.ts';
import type { SourceName } from '../../protocol/source.ts';
import type { Row } from '../../theme/cell.ts';
import { roughly } from '../format/duration.ts';
import { epoch } from '../format/instant.ts';
import type { Scene } from '../scene.ts';
import { currentList, type Ui } from '../ui.ts';
import { cell, clipRow } from './line.ts';

/** The line under a screen's summary: the filter in force, else why its source fails and how old what is shown is, else empty. */
export function sourceLine(scene: Scene, name: SourceName, ui: Ui): Row {
  const { filter } = currentList(ui);
  if (filter !== '')
    return clipRow(
      [cell(` filter ${filter}`, 'key'), cell('   Esc clears', 'faint')],
      scene.size.columns,
      scene.look,
    );
  const source = scene.cluster.sources[name];
  if (source.via !== undefined)
    return clipRow(
      [cell(` ${name} is read from ${source.via}: ${source.problem?.sentence ?? ''}`, 'warn')],
      scene.size.columns,
      scene.look,
    );
  if (source.state !== 'failing' && source.state !== 'doubtful') return [];
  if (name === 'plan' && planAbsence(scene.cluster) !== null) return [];
  const at = epoch(source.lastGood);
  const age = at === null ? 'never read' : `from ${roughly(scene.now - at)} ago`;
  const why = source.problem ? source.problem.sentence : source.remarks.map(inWords).join(', ');
  return clipRow(
    [cell(` ${name} ${age}: ${why}`, source.state === 'failing' ? 'warn' : 'faint')],
    scene.size.columns,
    scene.look,
  );
}

/** `year assumed`, `text mangled`: a remark's name says it. */
function inWords(remark: string): string {
  return remark.replaceAll('-', ' ');
}
