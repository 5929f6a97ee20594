import type { Row } from '../../theme/cell.ts';
import type { PhaseFlags } from '../phase-flags.ts';
import type { Look } from '../scene.ts';
import { cell, glyph, mark } from './line.ts';
import { type Segment, squeeze } from './squeeze.ts';

/** The flags of a phase behind its name, in at most `room` cells: in words where they fit, else their marks alone. */
export function flagCells(flags: PhaseFlags, look: Look, room: number): Row {
  const segments = [
    ...breakpointSegment(flags, look),
    ...foreignSegment(flags, look),
    ...noteSegment(flags, look),
  ];
  if (segments.length === 0) return [];
  return squeeze(segments, room - 2).flatMap((row): Row => [cell('  '), ...row]);
}

function breakpointSegment({ breakpoint, inside }: PhaseFlags, look: Look): Segment[] {
  if (!breakpoint && inside === 0) return [];
  const words = breakpoint
    ? ' breakpoint'
    : inside === 1
      ? ' breakpoint in it'
      : ` ${inside} breakpoints in it`;
  const sign = { ...mark('paused', look), word: '' };
  return [{ rank: 0, forms: [[sign, cell(words, 'warn')], [{ ...sign, word: words.trim() }]] }];
}

/** What somebody else has under way is told in words; what they did before by its mark, not to crowd the tree. */
function foreignSegment({ foreign }: PhaseFlags, look: Look): Segment[] {
  if (foreign === null) return [];
  const sign = { ...cell(glyph('foreign', look), foreign === 'running' ? 'warn' : 'faint') };
  const short = [{ ...sign, word: 'not from here' }];
  const long = [{ ...sign, word: '' }, cell(' not from here', 'warn')];
  return [{ rank: 1, forms: foreign === 'running' ? [long, short] : [short] }];
}

function noteSegment({ notes }: PhaseFlags, look: Look): Segment[] {
  if (notes === 0) return [];
  const words = notes === 1 ? ' note' : ` ${notes} notes`;
  const sign = cell(glyph('note', look), 'key');
  return [
    { rank: 2, forms: [[{ ...sign, word: '' }, cell(words, 'faint')], [{ ...sign, word: words.trim() }]] },
  ];
}
