import type { Row } from '../../theme/cell.ts';
import type { Role } from '../../theme/roles.ts';
import { wrap } from '../cells.ts';
import type { Scene } from '../scene.ts';
import { cell } from './line.ts';

/** A text in as many lines as it takes, beside its name in a column of names. */
export function namedLines({ size }: Scene, name: string, text: string, role?: Role): Row[] {
  return wrap(text, size.columns - 15).map(
    (line, index): Row => [cell(`   ${(index === 0 ? name : '').padEnd(10)} `, 'faint'), cell(line, role)],
  );
}
