/** A number in [0, 1) that a text always gives (FNV-1a, then mixed): chance that the same seed repeats. */
export function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000;
}

/** The same things in an order that `text` decides. */
export function shuffled<Thing>(things: readonly Thing[], text: string): Thing[] {
  return things
    .map((thing, index) => ({ thing, by: chance(`${text}/${index}`) }))
    .sort((one, other) => one.by - other.by)
    .map(({ thing }) => thing);
}
