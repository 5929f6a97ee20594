import { differenceWords, type NodeDifference, nodeDifferences } from '../../model/node-difference.ts';
import type { Baseline } from '../../protocol/baseline.ts';
import type { Row } from '../../theme/cell.ts';
import { wrap } from '../cells.ts';
import { clockTime, zone } from '../format/instant.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { cell } from './line.ts';

type At = { ui: Ui; width: number };

/** What became different on one node since the operation began; nothing where that was not seen. */
export function nodeSinceRows(name: string, scene: Scene, { ui, width }: At): Row[] {
  const { baseline } = scene.cluster;
  const found = nodeDifferences(scene.cluster)?.find(({ node }) => node === name);
  if (baseline === null || found === undefined) return [];
  const words = differenceWords(found);
  const told = words.length === 0 ? ['nothing is different'] : words;
  return [
    ...wrap(sinceWords(baseline, scene, ui), width).map((line): Row => [cell(line, 'faint')]),
    ...told.flatMap((text) =>
      wrap(text, width - 2).map((line): Row => [cell(`  ${line}`, isWorse(text) ? 'bad' : undefined)]),
    ),
    [],
  ];
}

/** The same of the whole cluster in a few lines: versions, what fails that did not, what cannot be compared. */
export function clusterSinceRows(scene: Scene, { ui, width }: At): Row[] {
  const { baseline } = scene.cluster;
  const nodes = nodeDifferences(scene.cluster);
  if (baseline === null || nodes === null) return [];
  const counted = countWords(nodes);
  const told = counted.length === 0 ? 'no node is different' : counted.join(', ');
  return [
    [],
    ...wrap(sinceWords(baseline, scene, ui), width).map((line): Row => [cell(line, 'faint')]),
    ...wrap(told, width).map((line): Row => [cell(line)]),
  ];
}

/** Seen late, it is not the state of before, and is said not to be. */
function sinceWords({ at, begun }: Baseline, { now }: Scene, ui: Ui): string {
  const when = `${clockTime(at, ui.time, now)}${ui.time === 'relative' ? '' : zone(now, ui.time)}`;
  return begun
    ? `since it was first seen (${when}), when leaves had run already`
    : `since the operation began (${when})`;
}

function countWords(nodes: readonly NodeDifference[]): string[] {
  const moved = nodes.filter(({ versions }) => (versions ?? []).length > 0).length;
  const fails = sum(nodes, ({ fails }) => fails);
  const recovered = sum(nodes, ({ recovered }) => recovered);
  const unknown = nodes.filter(({ versions }) => versions === null).length;
  return [
    ...(moved > 0 ? [`${counted(moved, 'node')} changed version`] : []),
    ...(fails > 0
      ? [`${counted(fails, 'probe')} ${fails === 1 ? 'fails' : 'fail'} that did not before`]
      : []),
    ...(recovered > 0
      ? [`${counted(recovered, 'probe')} that failed ${recovered === 1 ? 'is' : 'are'} well`]
      : []),
    ...(unknown > 0 ? [`${counted(unknown, 'node')} cannot be compared`] : []),
  ];
}

function sum(nodes: readonly NodeDifference[], of: (node: NodeDifference) => string[] | null): number {
  return nodes.reduce((total, node) => total + (of(node) ?? []).length, 0);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function isWorse(text: string): boolean {
  return text.includes(' fails, ');
}
