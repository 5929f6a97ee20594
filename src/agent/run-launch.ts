import type { Command, Env, Files, Processes, Units } from '../ports.ts';
import type { Run } from '../protocol/run.ts';
import { type KeptStep, keeperFiles } from './run-files.ts';
import { makeWorkDirectory } from './work-directory.ts';

export type LaunchWorld = {
  files: Files;
  processes: Pick<Processes, 'startDetached'>;
  units: Units;
  env: Env;
  /** How our own program is started with other arguments. */
  ourselves: (argv: readonly string[]) => Command;
  useUnits: boolean;
  /** The agent's own. */
  stateDir: string;
};

/** Starts the keeper of a run, in a transient unit or a session of its own; the pid is null where systemd has it. */
export async function launchKeeper(
  world: LaunchWorld,
  dir: string,
  run: Run,
): Promise<{ pid: number | null } | { failed: string }> {
  const { files, processes, units, ourselves, env } = world;
  const at = keeperFiles(dir);
  const cwd = await makeWorkDirectory(files, world.stateDir);
  await files.write(at.steps, `${JSON.stringify({ steps: keptSteps(run, cwd) })}\n`);
  // There from the start, so that its first byte is a change of a file we watch.
  await files.append(at.output, '');
  const command = { ...ourselves(['keep', dir]), cwd };
  if (!world.useUnits) return processes.startDetached(command, { stdout: at.log, stderr: at.log });
  const unit = `gravity-console-run-${run.id}`;
  const started = await units.start(unit, { ...command, env: env.all() });
  return started.ok ? { pid: null } : { failed: started.message };
}

function keptSteps(run: Run, cwd: string): KeptStep[] {
  return run.steps.map(({ path, argv }) => ({ path: path ?? 'gravity', argv, cwd }));
}
