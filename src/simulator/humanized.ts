const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = 30 * DAY;
const YEAR = 12 * MONTH;

const STEPS = [
  { below: SECOND, text: 'now', by: 1 },
  { below: 2 * SECOND, text: '1 second', by: 1 },
  { below: MINUTE, text: '% seconds', by: SECOND },
  { below: 2 * MINUTE, text: '1 minute', by: 1 },
  { below: HOUR, text: '% minutes', by: MINUTE },
  { below: 2 * HOUR, text: '1 hour', by: 1 },
  { below: DAY, text: '% hours', by: HOUR },
  { below: 2 * DAY, text: '1 day', by: 1 },
  { below: WEEK, text: '% days', by: DAY },
  { below: 2 * WEEK, text: '1 week', by: 1 },
  { below: MONTH, text: '% weeks', by: WEEK },
  { below: 2 * MONTH, text: '1 month', by: 1 },
  { below: YEAR, text: '% months', by: MONTH },
  { below: 2 * YEAR, text: '1 year', by: 1 },
  { below: Number.POSITIVE_INFINITY, text: '% years', by: YEAR },
] as const;

/**
 * A span in gravity's words, with `label` behind it: `3 months ago`, `now`, and with no label the trailing blank of
 * `finished in 7 seconds ` (recordings/story/20-rollback-cmd-confirm).
 */
export function humanized(ms: number, label: string): string {
  const step = STEPS.find(({ below }) => ms < below);
  if (step === undefined || step.text === 'now') return 'now';
  return `${step.text.replace('%', String(Math.floor(ms / step.by)))} ${label}`;
}
