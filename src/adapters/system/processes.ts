import type { Clock, Processes } from '../../ports.ts';
import { handOver } from './hand-over.ts';
import { birth, childrenCpuMs } from './proc-stat.ts';
import { runProcess } from './run-process.ts';
import { startDetached } from './start-detached.ts';
import { startProcess } from './start-process.ts';

/** Processes of this machine. Every program is started with an exact argument list, never through a shell. */
export function systemProcesses(clock: Clock): Processes {
  return {
    run: (command, limits) => runProcess(command, { ...limits, clock }),
    start: startProcess,
    startDetached,
    handOver,
    birth,
    signal: sendSignal,
    usage,
    self: {
      pid: process.pid,
      execPath: process.execPath,
      uid: process.getuid?.() ?? -1,
      argv: process.argv.slice(2),
    },
  };
}

/** False when there is no such process (or it is not ours to signal). */
function sendSignal(pid: number, signal: NodeJS.Signals, group = false): boolean {
  // kill(0) and kill(-1) mean "my group" and "everybody".
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    return process.kill(group ? -pid : pid, signal);
  } catch {
    return false;
  }
}

function usage() {
  const { user, system } = process.cpuUsage();
  return { selfMs: (user + system) / 1000, childrenMs: childrenCpuMs() ?? 0 };
}
