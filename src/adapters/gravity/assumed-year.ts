/**
 * An instant from a date without a year, as gravity's tables print it (`Sun Nov 22 10:02 UTC`, seconds optional): the
 * latest year whose calendar has that weekday and that is not past `now` (epoch ms) by more than a day. Null for what
 * is no such date.
 */
export function assumedYear(text: string, now: number): string | null {
  const found = pattern.exec(text.trim());
  if (found === null) return null;
  const [, weekday = '', month = '', day = '', hour = '', minute = '', second = '00'] = found;
  const rest = `${pad(months.indexOf(month) + 1)}-${pad(Number(day))}T${hour}:${minute}:${second}Z`;
  const newest = new Date(now + dayMs).getUTCFullYear();
  for (let year = newest; year > newest - 29; year -= 1) {
    const instant = Date.parse(`${year}-${rest}`);
    const fits = instant <= now + dayMs && weekdays[new Date(instant).getUTCDay()] === weekday;
    if (fits && new Date(instant).getUTCDate() === Number(day)) return `${year}-${rest}`;
  }
  return null;
}

const dayMs = 86_400_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pattern = new RegExp(
  `^(${weekdays.join('|')}) (${months.join('|')}) +(\\d{1,2}) (\\d\\d):(\\d\\d)(?::(\\d\\d))? UTC$`,
);

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
