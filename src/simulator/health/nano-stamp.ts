/** RFC 3339 with up to nine decimals, as Go writes what the agents stamp; `at` in milliseconds with a fraction. */
export function nanoStamp(at: number): string {
  const seconds = Math.floor(at / 1000);
  const nanos = Math.floor((at - seconds * 1000) * 1_000_000);
  const digits = String(nanos).padStart(9, '0').replace(/0+$/, '');
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return digits === '' ? `${whole}Z` : `${whole}.${digits}Z`;
}
