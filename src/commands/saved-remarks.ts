import type { Remark } from '../protocol/problem.ts';

/** Doubts about a saved output worth a sentence; an assumed year is said once, by the command that shows times. */
const sentences: Record<Remark, string> = {
  'year-assumed': 'the times of a text output have no year: the latest that is not in the future is assumed',
  'text-mangled': 'gravity garbled the % signs in this output; what could be repaired is',
  'just-started': 'the health agent had just started when it gave this answer: it says nothing yet',
  stale: 'this answer was already old when it was given',
  partial: 'some lines of the file are none of this output and are left out',
};

/** Remarks as sentences for standard error. */
export function remarkSentences(remarks: readonly Remark[]): string[] {
  return remarks.map((remark) => sentences[remark]);
}
