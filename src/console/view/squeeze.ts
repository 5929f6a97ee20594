import type { Row } from '../../theme/cell.ts';
import { rowWidth } from './line.ts';

/**
 * A piece of a line in forms from the longest to the shortest; an empty last form lets it go altogether. Those of the
 * highest rank give way first.
 */
export type Segment = { rank: number; forms: readonly Row[] };

/** Cells between two segments. */
const gap = 2;

/** The segments in as long forms as fit into `room` cells together; every one is shortened once before any is twice. */
export function squeeze(segments: readonly Segment[], room: number): Row[] {
  const levels = segments.map(() => 0);
  const rows = () => segments.map((segment, index) => segment.forms[levels[index] ?? 0] ?? []);
  const tooLong = () => {
    const shown = rows().filter((row) => row.length > 0);
    return shown.reduce((sum, row) => sum + rowWidth(row) + gap, -gap) > room;
  };
  const most = Math.max(...segments.map((segment) => segment.forms.length));
  for (let level = 1; level < most; level += 1)
    for (const index of firstToGiveWay(segments)) {
      if (!tooLong()) return rows().filter((row) => row.length > 0);
      if (level < (segments[index]?.forms.length ?? 0)) levels[index] = level;
    }
  return rows().filter((row) => row.length > 0);
}

function firstToGiveWay(segments: readonly Segment[]): number[] {
  return segments
    .map(({ rank }, index) => ({ rank, index }))
    .sort((one, other) => other.rank - one.rank)
    .map(({ index }) => index);
}
