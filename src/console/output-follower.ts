import type { Cancel, Clock } from '../ports.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { AgentLink } from './agent-link.ts';
import type { OutputPart } from './client.ts';
import type { Output } from './scene.ts';

/** Lines kept of an output, and cells of one line: a flood must not take the console's memory or time. */
const bounds = { lines: 5000, lineLength: 2000 };
const pollMs = 500;

export const noOutput: Output = { run: null, lines: [], skipped: 0, problem: null };

/** What is shown of a run: `live` while more may come. */
export type Followed = { id: string; live: boolean };

/** Reads the output of the run that is shown, from its first byte, and on while it runs. One run at a time. */
export function createOutputFollower(
  ports: { link: Pick<AgentLink, 'output'>; clock: Clock },
  show: (output: Output) => void,
): { follow(run: Followed | null): void } {
  let current: { run: Followed; reading: Reading; cancel: Cancel } | null = null;

  return {
    follow(run) {
      if (run === null || current?.run.id !== run.id) {
        current?.cancel();
        current = null;
        if (run !== null) begin(run);
        return;
      }
      const woken = run.live && !current.run.live;
      current.run = run;
      if (woken) void read(current.reading);
    },
  };

  function begin(run: Followed): void {
    const reading: Reading = {
      from: 0,
      decoder: new TextDecoder(),
      rest: '',
      output: { ...noOutput, run: run.id },
    };
    current = { run, reading, cancel: () => {} };
    show({ ...noOutput, run: null });
    void read(reading);
  }

  async function read(reading: Reading): Promise<void> {
    const mine = current;
    if (mine === null || mine.reading !== reading) return;
    const wasLive = mine.run.live;
    const answer = await ports.link.output(mine.run.id, reading.from);
    if (current !== mine) return;
    if (answer.ok) take(reading, answer.value);
    else
      reading.output = { ...reading.output, problem: `${answer.failure.message} ${answer.failure.nextStep}` };
    show(reading.output);
    const more = answer.ok && answer.value.bytes.length > 0;
    if (more || wasLive) mine.cancel = ports.clock.after(more ? 1 : pollMs, () => void read(reading));
  }
}

type Reading = { from: number; decoder: InstanceType<typeof TextDecoder>; rest: string; output: Output };

/** Adds bytes to what is shown; the last line shows before it is whole. */
function take(reading: Reading, { bytes, next }: OutputPart): void {
  reading.from = next;
  const pieces = (reading.rest + reading.decoder.decode(bytes, { stream: true })).split('\n');
  const whole = reading.rest === '' ? reading.output.lines : reading.output.lines.slice(0, -1);
  reading.rest = (pieces.at(-1) ?? '').slice(0, bounds.lineLength);
  const shown = reading.rest === '' ? pieces.slice(0, -1) : pieces;
  const lines = [...whole, ...shown.map((line) => cleanLine(line.slice(0, bounds.lineLength)))];
  const skipped = Math.max(0, lines.length - bounds.lines);
  reading.output = {
    run: reading.output.run,
    lines: lines.slice(skipped),
    skipped: reading.output.skipped + skipped,
    problem: null,
  };
}
