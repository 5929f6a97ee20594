/** The keeper as a program of its own, run from source by Node itself: `node keep.ts keep RUNDIR`. */
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { systemTerminal } from '../../src/adapters/system/terminal.ts';
import { keep } from '../../src/agent/keeper.ts';

const clock = systemClock();
const world = { clock, files: systemFiles(), processes: systemProcesses(clock), signals: systemTerminal() };
await keep(world, process.argv[3] ?? '');
