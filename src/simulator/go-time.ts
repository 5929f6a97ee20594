const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The layouts gravity prints times in (data.md 5.6), always UTC. */
export const goTime = {
  /** `Mon Jan _2 15:04 UTC` */
  table: (ms: number): string => stamp(ms, 16),
  /** `Mon Jan _2 15:04:05 UTC` */
  line: (ms: number): string => stamp(ms, 19),
  /** `2006-01-02 15:04` */
  minute: (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' '),
  /** RFC 3339, whole seconds */
  second: (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`,
  /** RFC 3339 as Go's JSON has it: trailing zeros of the fraction are left out */
  json: (ms: number): string =>
    new Date(ms)
      .toISOString()
      .replace(/\.(\d*?)0+Z$/, (_all, digits: string) => (digits === '' ? 'Z' : `.${digits}Z`)),
};

function stamp(ms: number, end: number): string {
  const date = new Date(ms);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, end)} UTC`;
}
