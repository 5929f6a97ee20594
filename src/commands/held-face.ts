import type { Client } from '../console/client.ts';
import type { Console } from '../console/console.ts';
import type { RunEnd } from '../protocol/request.ts';
import type { Run } from '../protocol/run.ts';
import type { Face } from './console-face.ts';
import type { Context } from './context.ts';
import { runAtTerminal, tellEnd } from './own-terminal.ts';

export type Opened = { context: Context; console: Console; link: Client };

/** The console's face over its whole life: closed and opened anew, and out of the way while the terminal is lent. */
export type HeldFace = Pick<Face, 'close' | 'repaint' | 'reclaim' | 'say'> & {
  reopen(): void;
  /** Runs the steps at this terminal, takes the screen back, and tells the agent how they ended. */
  lend(run: Run): Promise<void>;
  /** The terminal is a program's meanwhile, and ctrl-c too. */
  isLent(): boolean;
  /** The agent has been told of every end, or could not be within a moment. */
  told(): Promise<void>;
};

/** How long leaving may wait for an agent that does not answer. */
const tellingMs = 2_000;

/** Opens it; every later face is opened the same way. */
export function holdFace({ context, console, link }: Opened, open: () => Face): HeldFace {
  let face = open();
  let lent = false;
  let telling: Promise<unknown> = Promise.resolve();
  const tell = async (run: Run, end: RunEnd) => {
    const untold = await tellEnd(context, link, { run, end });
    if (untold !== null)
      console.tell({ text: `the agent was not told how it ended: ${untold}`, tone: 'bad' });
  };
  return {
    close: () => face.close(),
    repaint: () => face.repaint(),
    reclaim: () => face.reclaim(),
    say: (what) => face.say(what),
    reopen() {
      if (lent) return;
      face.close();
      face = open();
    },
    async lend(run) {
      face.close();
      lent = true;
      const end = await runAtTerminal(context, run);
      lent = false;
      telling = tell(run, end);
      console.settle();
      face = open();
      await telling;
    },
    isLent: () => lent,
    told: () => Promise.race([telling.then(() => {}), context.clock.wait(tellingMs)]),
  };
}
