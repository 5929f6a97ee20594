import { asciiOnly } from '../src/console/ascii-only.ts';
import type { Console } from '../src/console/console.ts';
import type { ConsoleState } from '../src/console/console-state.ts';
import { clockWithZone } from '../src/console/format/instant.ts';
import type { Said } from '../src/console/intent.ts';
import { changes } from '../src/console/linear/changes.ts';
import { keyLines } from '../src/console/linear/key-lines.ts';
import { outputLines, type SaidOutput } from '../src/console/linear/output-lines.ts';
import { whyLines } from '../src/console/linear/why-lines.ts';
import { screenRow } from '../src/console/screen-table.ts';
import { exitSummary } from '../src/console/view/exit-summary.ts';
import type { Stage } from './mount.tsx';
import { screenText } from './screen-text.ts';

/** The terminal as far as lines need it. */
export type LineStage = Pick<Stage, 'write' | 'onInput'>;

const hint = 's goes back to the screen, Enter says where things stand, ? what the other keys do, q leaves';

/**
 * The console as plain lines on the normal screen: what the screen showed in words, then one line for each change, until
 * `unmount`. Nothing written is ever touched again, so it can be read aloud, selected and scrolled back to.
 */
export function writeLines(
  console: Console,
  stage: LineStage,
): { unmount(): void; repaint(): void; say(what: Said): void } {
  let output: SaidOutput = { run: null, lines: 0 };
  const print = (lines: readonly string[]) => {
    const { ascii } = console.store.getState().scene.look;
    for (const line of lines) stage.write(`${ascii ? asciiOnly(line) : line}\n`);
  };
  const say = (what: Said) => {
    const state = console.store.getState();
    print(sayings[what](state));
    // What was just said whole is not said again line by line.
    if (what === 'screen') output = outputLines(state.scene, output).said;
  };
  const first = (state: ConsoleState) => {
    if (!state.live) return print(['connecting to the agent']);
    say('standing');
    say('screen');
    return print([hint]);
  };

  const tell = (state: ConsoleState, before: ConsoleState) => {
    if (state.live && !before.live) return first(state);
    print(newLines(state, before));
    print(whyLines(before.ui, state));
    if (state.ui.screen !== 'runs' || state.scene.output === before.scene.output) return;
    const next = outputLines(state.scene, output);
    output = next.said;
    print(next.lines);
  };

  first(console.store.getState());
  const stops = [stage.onInput(console.input), console.store.subscribe(tell)];
  return {
    say,
    repaint: () => {},
    unmount() {
      for (const stop of stops) stop();
    },
  };
}

const sayings: Record<Said, (state: ConsoleState) => readonly string[]> = {
  screen: ({ scene, ui }) => [`${screenRow(ui.screen).title}:`, screenText(scene, ui)],
  standing: ({ scene, ui }) => [`${time({ scene, ui })} ${exitSummary(scene).join('\n')}`],
  keys: keyLines,
  dumb: () => ['TERM says that this terminal cannot draw a screen'],
};

function newLines(state: ConsoleState, before: ConsoleState): string[] {
  const lines = before.live
    ? changes(before.scene, state.scene).map((line) => `${time(state)} ${line}`)
    : lostLines(before, state);
  const { notice } = state.ui;
  return notice === null || notice === before.ui.notice ? lines : [...lines, notice.text];
}

/** Before the first snapshot there is one thing to tell: why there is none. */
function lostLines(before: ConsoleState, { scene }: ConsoleState): string[] {
  const { problem } = scene.connection;
  return problem === null || problem === before.scene.connection.problem ? [] : [problem];
}

/** With the zone, always; an age would be of no use in a line that stays. */
function time({ scene, ui }: Pick<ConsoleState, 'scene' | 'ui'>): string {
  return clockWithZone(scene.now, ui.time === 'relative' ? 'utc' : ui.time, false);
}
