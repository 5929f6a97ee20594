/** The candidates fewest edits away from `word`, the nearest first, at most `most`: how near is for the caller to say. */
export function nearestWords(
  word: string,
  candidates: readonly string[],
  most: number,
): { candidate: string; edits: number }[] {
  return candidates
    .filter((candidate) => candidate !== '')
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most);
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
