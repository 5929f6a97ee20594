import { nearestWords } from './nearest-words.ts';

/** The candidate fewest edits away from `word`, or null when none is close (more than a third of it would change). */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  const [best] = nearestWords(word, candidates, 1);
  return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : null;
}
