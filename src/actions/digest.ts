/**
 * A short text that is the same for the same content: two 32-bit FNV-1a sums over canonical JSON. It tells whether a
 * judgement changed; it keeps nobody from forging one, and need not: the agent judges again itself.
 */
export function digestOf(content: unknown): string {
  const text = canonical(content);
  return fnv(text, 0x811c9dc5) + fnv(text, 0x050c5d1f);
}

function fnv(text: string, basis: number): string {
  let sum = basis;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}

/** JSON with the keys of every object sorted, so that their order does not matter. */
function canonical(content: unknown): string {
  return JSON.stringify(content, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
