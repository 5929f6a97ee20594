import type { StripLevel } from '../../model/node-strip.ts';
import type { Row } from '../../theme/cell.ts';
import { levels } from '../../theme/levels.ts';
import type { Look } from '../scene.ts';

/** A strip over time, one character a cell; in plain text every stretch says what it was and how many cells long. */
export function stripRow(strip: readonly StripLevel[], look: Look): Row {
  const stretches: { level: StripLevel; length: number }[] = [];
  for (const level of strip) {
    const last = stretches.at(-1);
    if (last?.level === level) last.length += 1;
    else stretches.push({ level, length: 1 });
  }
  return stretches.map(({ level, length }) => {
    const { mark, ascii, word, role } = levels[level];
    return { text: (look.ascii ? ascii : mark).repeat(length), role, word: `${word} ${length},` };
  });
}
