import { cleanLine } from '../protocol/clean.ts';
import type { Run } from '../protocol/run.ts';
import { type AutopilotHands, autopilotWorks } from './autopilot-works.ts';
import { breakpointWorks } from './breakpoint-works.ts';
import type { Runs } from './runs.ts';
import type { Wheel } from './wheel.ts';

/** Does what the steps of a run ask of the agent itself; a sentence when it could not. */
export type OwnWork = (run: Run) => Promise<string | null>;

type World = AutopilotHands & { wheel: Wheel; runs: Runs };
type Work = (world: World, run: Run, words: string[]) => Promise<string | null> | string | null;

/** The agent's own steps by their first two words. */
const works: Record<string, Work> = {
  'wheel take': ({ wheel }, { by, reason }) => {
    wheel.take(by, reason);
    return null;
  },
  'wheel release': ({ wheel }, { by }) => wheel.release(by),
  'phase note': writeNote,
  'run interrupt': ({ runs }, { by }, [id = '']) => runs.interrupt(id, by),
  'autopilot arm': (world, { by }, accepted) => autopilotWorks.arm(world, by, accepted),
  'autopilot go-on': (world, { by }, accepted) => autopilotWorks.goOn(world, by, accepted),
  'autopilot pause': (world, { by }) => autopilotWorks.pause(world, by),
  'autopilot stop': (world, { by }) => autopilotWorks.stop(world, by),
  'breakpoint set': (world, { by }, [id = '']) => breakpointWorks.set(world, by, id),
  'breakpoint clear': (world, { by }, [id = '']) => breakpointWorks.clear(world, by, id),
};

export function createOwnWork(world: World): OwnWork {
  return async (run) => {
    for (const { argv } of run.steps) {
      const work = works[argv.slice(0, 2).join(' ')];
      const sentence =
        work === undefined
          ? `the agent knows no step ${argv.join(' ')}`
          : await work(world, run, argv.slice(2));
      if (sentence !== null) return sentence;
    }
    return null;
  };
}

/** About the operation the run was judged on: of another one, which began meanwhile, it would be wrong. */
function writeNote({ clock, ledger }: World, { by, operationId }: Run, words: string[]): null {
  const [phase = '', text = ''] = words;
  const at = new Date(clock.now()).toISOString();
  const note = { operation: operationId, phase, text: cleanLine(text), by, at };
  ledger.record({ kind: 'note.written', seen: at, note });
  return null;
}
