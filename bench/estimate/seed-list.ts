/** `1,2,3`, `1-20` and both together: whole numbers from 1, each once. Null where a list is none. */
export function seedList(text: string): number[] | null {
  const seeds = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part.trim()) ?? [];
    if (first === undefined) return null;
    const [from, to] = [Number(first), Number(last ?? first)];
    if (from < 1 || to < from || to - from >= 10_000) return null;
    for (let seed = from; seed <= to; seed += 1) seeds.add(seed);
  }
  return [...seeds];
}
