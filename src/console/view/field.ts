import type { Row } from '../../theme/cell.ts';
import { column, width } from '../cells.ts';
import { cell } from './line.ts';

/** What must be typed is a bar of `cells` with an end, where it has the focus in reverse; of a long text its end shows. */
export function fieldRow(at: { name: string; value: string; focused: boolean; cells: number }): Row {
  const { name, value, focused, cells } = at;
  const shown = width(value) < cells ? value : [...value].slice(-(cells - 1)).join('');
  const bar = column(`${shown}${focused ? '_' : ''}`, cells);
  return [
    cell(`   ${name} `, focused ? 'strong' : undefined),
    cell('[', focused ? 'key' : 'faint'),
    cell(bar, focused ? 'chosen' : undefined),
    cell(']', focused ? 'key' : 'faint'),
  ];
}
