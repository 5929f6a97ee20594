/** Whether two plain values (as JSON has them) are equal in content; key order does not count. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) return Array.isArray(other) && sameItems(one, other);
  return isRecord(one) && isRecord(other) && sameFields(one, other);
}

function sameItems(one: unknown[], other: unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => same(item, other[index]));
}

function sameFields(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && same(one[key], other[key]))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
