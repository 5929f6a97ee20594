import { readFileSync } from 'node:fs';

/** Ticks a second in /proc/PID/stat: USER_HZ, 100 on every Linux that runs Gravity. */
const ticksPerSecond = 100;

/** Positions after the program's name, which may itself hold spaces and brackets (proc(5)). */
const fieldOf = { state: 0, childrenUser: 13, childrenSystem: 14, startTime: 19 } as const;

/**
 * A token for one life of a pid: the boot it happened in and its start time in ticks, so that a pid used again,
 * also after a reboot, is another token. A zombie has ended: null.
 */
export function birth(pid: number): string | null {
  const fields = statFields(String(pid));
  if (fields === null || fields[fieldOf.state] === 'Z' || fields[fieldOf.state] === 'X') return null;
  return `${bootId()}:${fields[fieldOf.startTime]}`;
}

/**
 * CPU of all children waited for so far, and of theirs, in ms; null where there is no /proc. Node offers no
 * getrusage(RUSAGE_CHILDREN): `process.resourceUsage()` is of this process alone. Steps of 10 ms.
 */
export function childrenCpuMs(): number | null {
  const fields = statFields('self');
  if (fields === null) return null;
  const ticks = Number(fields[fieldOf.childrenUser]) + Number(fields[fieldOf.childrenSystem]);
  return (ticks * 1000) / ticksPerSecond;
}

function statFields(pid: string): string[] | null {
  const text = readOrNull(`/proc/${pid}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function bootId(): string {
  return readOrNull('/proc/sys/kernel/random/boot_id')?.slice(0, 8) ?? 'boot';
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
