import { ZERO_TIME } from '../../src/simulator/plan-document.ts';

/** A line that tells what the operation says of itself, once a second while other lines are printed. */
const PROGRESS = /^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d UTC\t(.*)\n/gm;

/**
 * An output without what is another every time: instants, spans, traces and the seconds of two processes' DNS ports.
 * Lines that come with the second are taken out and kept in their order.
 */
export function masked(text: string): { text: string; progress: string[] } {
  const progress = [...text.matchAll(PROGRESS)].map(([, said = '']) => said);
  const steady = text
    .replace(PROGRESS, '')
    .replace(/\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d UTC/g, 'WHEN')
    .replace(/\w{3} \w{3} [ \d]\d \d\d:\d\d UTC( \([^)]*\))?/g, 'WHEN')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => (time === ZERO_TIME ? time : 'TIME'))
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'TIME')
    .replace(/\+\d{10}"/g, '+STAMP"')
    .replace(/ \[\d+m\d+s\]$/gm, ' [SPAN]')
    .replace(/finished in [^\n]*/g, 'finished in SPAN')
    .replace(/127\.0\.0\.1:\d+-(>|\\u003e)/g, '127.0.0.1:PORT-$1')
    .replace(/,\n\s*"traces": \[[^\]]*\]/g, '');
  return { text: steady, progress };
}
