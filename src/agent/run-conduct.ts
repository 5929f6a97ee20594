import type { Clock, Processes } from '../ports.ts';
import type { Run } from '../protocol/run.ts';
import type { Ledger } from './contracts.ts';
import { followUnit } from './run-follow.ts';
import { type LaunchWorld, launchKeeper } from './run-launch.ts';
import { type Outcome, outcomeOf } from './run-outcome.ts';
import { runDirectory } from './run-record.ts';
import { type Seen, watchKeeper } from './run-watch.ts';

export type ConductWorld = LaunchWorld & {
  clock: Clock;
  processes: Processes;
  ledger: Ledger;
};

/** Conducting one run: `outcome` comes at its end, never when `leave` was called, which leaves the keeper to itself. */
export type Conducted = { outcome: Promise<Outcome>; leave(): void };

/** Starts a run's keeper, or with `adopt` takes up one started in an earlier life, and follows it to the end. */
export function conduct(
  world: ConductWorld,
  run: Run,
  how: { adopt: boolean; seen: (now: Seen) => void },
): Conducted {
  const dir = runDirectory(world.stateDir, run.id);
  let left = false;
  let stop = () => {};
  const follow = async (): Promise<Outcome> => {
    const started = how.adopt ? { pid: null } : await launchKeeper(world, dir, run);
    if ('failed' in started) return notStarted(started.failed);
    if (left) return never();
    const watching = watchKeeper(world, { dir, pid: started.pid }, how.seen);
    stop = watching.stop;
    const end = await watching.end;
    const outcome = await outcomeOf(world.files, dir, run, end);
    const unit = run.steps.at(-1)?.unit;
    if (outcome.state !== 'done' || unit === undefined) return outcome;
    const followed = await followUnit(world, run, unit, () => left);
    return left ? never() : { ...outcome, ...followed };
  };
  return {
    outcome: follow(),
    leave() {
      left = true;
      stop();
    },
  };
}

function notStarted(detail: string): Outcome {
  const sentence = `the keeper could not be started: ${detail}`;
  return { state: 'failed', exitCode: null, signal: null, sentence, outputBytes: 0, step: 0 };
}

function never(): Promise<never> {
  return new Promise(() => {});
}
