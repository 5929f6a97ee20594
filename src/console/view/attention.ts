import type { Cell, Row } from '../../theme/cell.ts';
import { attentionForms, attentionRow } from '../attention-words.ts';
import type { Scene } from '../scene.ts';
import type { ScreenId } from '../screen-table.ts';
import { cell, mark } from './line.ts';

/** The most urgent call in forms from the longest to the shortest, with how many more there are; none where nothing calls. */
export function attentionCells({ attention, look }: Pick<Scene, 'attention' | 'look'>): Row[] {
  const [first, ...others] = attention;
  if (first === undefined) return [];
  const { mark: sign, role } = attentionRow(first);
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return attentionForms(first).map((words) => [
    { ...mark(sign, look), role, word: '' },
    cell(` ${words}${more}`, role),
  ]);
}

/** The mark behind the title of a screen that has something that calls; null where it has nothing. */
export function tabMark({ attention, look }: Scene, screen: ScreenId): Cell | null {
  const first = attention.find((one) => attentionRow(one).screen === screen);
  return first === undefined
    ? null
    : { ...mark(attentionRow(first).mark, look), role: attentionRow(first).role };
}
