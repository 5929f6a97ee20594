import { clean } from '../../protocol/clean.ts';

/**
 * A line gravity writes while it works (data.md 4.8). `node` is null for this machine; `duration` in gravity's words;
 * `time` as printed, without a year.
 */
export type ProgressLine =
  | { kind: 'executing'; phase: string; node: string | null }
  | { kind: 'rolling-back'; phase: string; node: string | null; dryRun: boolean }
  | { kind: 'heartbeat'; phase: string; text: string }
  | { kind: 'phase-finished'; phase: string; rollback: boolean; duration: string }
  | { kind: 'plan-finished'; operation: string; duration: string }
  | { kind: 'tail'; time: string; index: number; of: number; phase: string; state: string }
  | { kind: 'timestamped'; time: string; text: string }
  | { kind: 'warning'; text: string }
  | { kind: 'text'; text: string };

/** One line of standard output, recognised. "Finished" is printed whatever the result: it says nothing of success. */
export function readProgressLine(line: string): ProgressLine {
  const text = clean(line).replace(/\n/g, ' ').trim();
  for (const [pattern, make] of rows) {
    const found = pattern.exec(text);
    if (found !== null) return make(found.slice(1));
  }
  return yellow.test(line) && text !== '' ? { kind: 'warning', text } : { kind: 'text', text };
}

const yellow = /^\s*\x1b\[(?:\d;)?33m/;
const time = '\\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d UTC';

/** The first that fits; each takes the captured groups. */
const rows: readonly (readonly [RegExp, (groups: string[]) => ProgressLine])[] = [
  [
    /^Still (executing|rolling back) "([^"]+)" (.*)$/,
    ([verb = '', phase = '', rest = '']) => ({
      kind: 'heartbeat',
      phase,
      text: `Still ${verb} "${phase}" ${rest}`,
    }),
  ],
  [
    /^Executing "([^"]+)" (?:locally|on (?:remote )?node (\S+))$/,
    ([phase = '', node]) => ({ kind: 'executing', phase, node: node ?? null }),
  ],
  [
    /^(\[DRY-RUN\] )?Rolling back "([^"]+)" (?:locally|on (?:remote )?node (\S+))$/,
    ([dry, phase = '', node]) => ({
      kind: 'rolling-back',
      phase,
      node: node ?? null,
      dryRun: dry !== undefined,
    }),
  ],
  [
    /^(Executing|Rolling back) phase "([^"]+)" finished in (.*)$/,
    ([verb, phase = '', duration = '']) => ({
      kind: 'phase-finished',
      phase,
      rollback: verb !== 'Executing',
      duration,
    }),
  ],
  [
    /^operation\((.*\))\S*, cluster=.*\) finished in (.*)$/,
    ([operation = '', duration = '']) => ({ kind: 'plan-finished', operation, duration }),
  ],
  [
    new RegExp(`^(${time})\\s+\\[\\s*(\\d+)/\\s*(\\d+)\\] Phase (\\S+) is (\\w+)$`),
    ([at = '', index = '', of = '', phase = '', state = '']) => ({
      kind: 'tail',
      time: at,
      index: Number(index),
      of: Number(of),
      phase,
      state,
    }),
  ],
  [new RegExp(`^(${time})\\s+(.*)$`), ([at = '', text = '']) => ({ kind: 'timestamped', time: at, text })],
];
