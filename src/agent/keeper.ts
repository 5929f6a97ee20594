import type { Clock, Files, Processes, Started, Terminal } from '../ports.ts';
import { type KeeperOutput, keeperOutput } from './keeper-output.ts';
import { type KeeperExit, type KeptStep, keeperFiles } from './run-files.ts';

export type KeeperWorld = {
  clock: Clock;
  files: Files;
  processes: Processes;
  signals: Pick<Terminal, 'onSignal'>;
};

/** Freed before the exit is written, so that a full disk does not keep a finished run looking alive. */
const ballastBytes = 64 * 1024;
const retryMs = 1_000;

/**
 * Runs the steps of RUNDIR/steps.json in order, one gravity after the other, until one fails. Appends what they print
 * to RUNDIR/output, each beginning and end to RUNDIR/progress.jsonl, and at the end the exit to RUNDIR/exit.json by
 * rename. Needs nobody: it lives on when its starter dies. A disk that takes nothing costs output, never gravity.
 */
export async function keep(world: KeeperWorld, dir: string): Promise<KeeperExit> {
  const { files, processes } = world;
  const at = keeperFiles(dir);
  const steps = await readSteps(files, at.steps);
  const output = keeperOutput(world, at.output);
  const interruption = listen(world);
  await tolerant(() => files.write(at.ballast, new Uint8Array(ballastBytes)));
  const { pid } = processes.self;
  await note(world, at.progress, { kind: 'keeper', pid, birth: processes.birth(pid) });
  const end = await runSteps({ world, output, interruption, progress: at.progress }, steps);
  const dropped = await output.close();
  const exit = { ...end, dropped, at: instant(world.clock), interrupted: interruption.came() };
  await writeExit(world, at, exit);
  interruption.ignore();
  return exit;
}

type Keeping = { world: KeeperWorld; output: KeeperOutput; interruption: Interruption; progress: string };
type StepsEnd = Pick<KeeperExit, 'step' | 'exitCode' | 'signal' | 'detail'>;

async function runSteps(keeping: Keeping, steps: readonly KeptStep[]): Promise<StepsEnd> {
  let end: StepsEnd = { step: 0, exitCode: null, signal: null, detail: 'it had no steps' };
  for (const [index, step] of steps.entries()) {
    if (keeping.interruption.came()) return { ...end, step: index, exitCode: null, detail: null };
    end = { step: index, ...(await runStep(keeping, step, index)) };
    if (end.exitCode !== 0) return end;
  }
  return end;
}

async function runStep({ world, output, interruption, progress }: Keeping, step: KeptStep, index: number) {
  await note(world, progress, { kind: 'began', step: index });
  const started = world.processes.start({ path: step.path, argv: step.argv, cwd: step.cwd });
  started.onStdout(output.take);
  started.onStderr(output.take);
  started.endStdin();
  interruption.reaches(started);
  const { exitCode, signal, detail } = await started.exited;
  await note(world, progress, { kind: 'ended', step: index, exitCode, signal });
  return { exitCode, signal, detail };
}

async function readSteps(files: Files, path: string): Promise<KeptStep[]> {
  const text = await files.readText(path);
  if (text === null) throw new Error(`${path} is not there: nothing to run`);
  const { steps }: { steps: KeptStep[] } = JSON.parse(text);
  return steps;
}

type Interruption = { came(): boolean; reaches(started: Started): void; ignore(): void };

/** SIGINT and SIGTERM go on to the program under way and end the row of steps; the third is SIGKILL. */
function listen({ signals }: KeeperWorld): Interruption {
  let count = 0;
  let current: Started | null = null;
  const forward = (signal: 'SIGINT' | 'SIGTERM') => () => {
    count += 1;
    current?.kill(count > 2 ? 'SIGKILL' : signal);
  };
  const cancels = [
    signals.onSignal('SIGINT', forward('SIGINT')),
    signals.onSignal('SIGTERM', forward('SIGTERM')),
    // A terminal that goes away is none of its business.
    signals.onSignal('SIGHUP', () => {}),
  ];
  return {
    came: () => count > 0,
    reaches(started) {
      current = started;
      // It may have come while the program was being started.
      if (count > 0) started.kill('SIGINT');
    },
    ignore: () => {
      for (const cancel of cancels) cancel();
    },
  };
}

/** Tries until the disk takes it: a keeper that ended without an exit would be called lost. */
async function writeExit(
  { files, clock }: KeeperWorld,
  at: ReturnType<typeof keeperFiles>,
  exit: KeeperExit,
): Promise<void> {
  await tolerant(() => files.remove(at.ballast));
  while (!(await tolerant(() => files.write(at.exit, `${JSON.stringify(exit)}\n`)))) {
    // Without its folder nobody waits for it any more.
    if ((await files.stat(at.dir)) === null) return;
    await clock.wait(retryMs);
  }
}

async function note({ files, clock }: KeeperWorld, path: string, entry: object): Promise<void> {
  await tolerant(() => files.append(path, `${JSON.stringify({ ...entry, at: instant(clock) })}\n`));
}

async function tolerant(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

function instant(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
