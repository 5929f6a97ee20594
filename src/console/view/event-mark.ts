import type { Cell } from '../../theme/cell.ts';
import { historyWords } from '../history-words.ts';
import type { Look } from '../scene.ts';
import type { TimelineEvent } from '../timeline.ts';
import { mark } from './line.ts';

/** The mark before the words of an event. They say what it stands for, but those of a run, so plain lines do not say it twice. */
export function eventMark(kind: TimelineEvent['kind'], look: Look): Cell {
  const sign = mark(historyWords[kind].mark, look);
  return kind.startsWith('run.') ? sign : { ...sign, word: '' };
}
