import { keep } from '../agent/keeper.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { CommandError, type CommandRow } from './row.ts';

/** `gravity-console keep RUNDIR`: started by the agent for every run, and by nobody else. */
export const keepCommand: CommandRow = {
  name: 'keep',
  operands: 'RUNDIR',
  describe: 'run the steps of one run to their end, whatever becomes of the agent',
  hidden: true,
  flags: {},
  run: async ({ clock, files, processes, terminal }, { _: [dir] }) => {
    if (dir === undefined)
      throw new CommandError(
        exitCodes.usage.code,
        'keep needs the directory of a run',
        'the agent starts it',
      );
    if ((await files.stat(`${dir}/steps.json`)) === null)
      throw new CommandError(exitCodes.usage.code, `${dir} holds no steps.json`, 'the agent starts it');
    const { exitCode } = await keep({ clock, files, processes, signals: terminal }, dir);
    return exitCode === 0 ? exitCodes.fine.code : exitCodes.runFailed.code;
  },
};
