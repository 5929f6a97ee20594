import type { Files, Units } from '../ports.ts';
import { cleanLine } from '../protocol/clean.ts';

type World = {
  files: Pick<Files, 'list' | 'readText'>;
  units: Pick<Units, 'state'>;
  /** The gravity binaries that are known here, absolute: one of them may be a script. */
  binaries: readonly string[];
};

/** Words of a command that works on a plan; polls, ours and others', only read. */
const works = /\b(plan (execute|resume|rollback)|resume|rollback|upgrade|gc|join|install)\b/;
const shows = /--dry-run|\bplan( display)?( -|$)|\bstatus\b/;

/**
 * Gravity at work on this machine: command lines of its processes, and the unit resume leaves its work to. Null where
 * processes cannot be looked at. Only where systemd runs the units is an empty list a proof that nobody works here.
 */
export async function localGravity({ files, units, binaries }: World): Promise<string[] | null> {
  const unit = await units.state('gravity-resume.service');
  const pids = (await files.list('/proc')).filter((name) => /^\d+$/.test(name));
  if (pids.length === 0) return null;
  const lines = await Promise.all(pids.map((pid) => commandLine(files, pid)));
  const atWork = lines.flatMap((line) => (line !== null && isWork(line, binaries) ? [line] : []));
  const isOn = unit?.active === 'active' || unit?.active === 'activating';
  return isOn ? ['gravity-resume.service', ...atWork] : atWork;
}

/** The command line of a process in one clean line, null when it has none or is gone. */
export async function commandLine(files: Pick<Files, 'readText'>, pid: string): Promise<string | null> {
  try {
    const text = await files.readText(`/proc/${pid}/cmdline`);
    return text === null ? null : cleanLine(text.replaceAll('\0', ' ')).slice(0, 200);
  } catch {
    return null;
  }
}

/**
 * Whether a command line is a gravity at work on a plan: gravity itself, what its agents run it as, or one of these
 * binaries, which as a script is run by its interpreter.
 */
export function isWork(line: string, binaries: readonly string[]): boolean {
  const [program = '', script = ''] = line.split(' ');
  const isGravity = /^gravity(-upgrade-agent)?$/.test(program.split('/').at(-1) ?? '');
  return (isGravity || binaries.includes(script)) && works.test(line) && !shows.test(line);
}
