import { readJournalEntry } from '../adapters/host/journal-entry.ts';
import { type LogLine, readLogLine } from '../adapters/host/log-line.ts';
import type { Cancel, Clock, Files, Processes } from '../ports.ts';
import { problem } from '../protocol/problem.ts';
import type { Attempt } from './attempt.ts';
import type { Ledger, Poller } from './contracts.ts';
import { createLineFollower, createLineSplitter, type LineFollower } from './line-follower.ts';
import { createLogWalk, type LogWalk } from './log-walk.ts';
import type { WalkWorld } from './phase-walk.ts';

/** Log files of gravity (`--log FILE`), and units of systemd whose journal is followed. */
export type LogOptions = { files: readonly string[]; units: readonly string[] };

type World = WalkWorld & {
  ledger: Pick<Ledger, 'state' | 'record' | 'subscribe'>;
  poller: Pick<Poller, 'planRead' | 'lookForGravity'>;
  clock: Clock;
  files: Pick<Files, 'readFrom' | 'stat' | 'watch'>;
  processes: Pick<Processes, 'start'>;
  /** What a look at a log came to. */
  took: (attempt: Attempt) => void;
};

export type LogSource = { start(): void; stop(): void };

/** Files are looked at this often, and when they change; a journal that ended is followed anew after this. */
const lookMs = 2_000;
const againMs = 30_000;
/** Of what was logged before so much is read, for the phase that is under way when the agent starts. */
const tailBytes = 64 * 1024;
const tailLines = 200;

/** Follows the logs there are. What cannot be read is a state of the source, tried again; without logs nothing is said. */
export function createLogSource(world: World, { files, units }: LogOptions): LogSource {
  const followed = [
    ...files.map((path) => followFile(world, path)),
    ...(units.length > 0 ? [followJournal(world, units)] : []),
  ];
  let unsubscribe: Cancel = () => {};
  return {
    start() {
      unsubscribe = world.ledger.subscribe(({ event }) => {
        if (event.kind === 'gravity.working' && event.atWork?.length === 0)
          for (const { walk } of followed) walk.ended();
      });
      for (const { start } of followed) start();
    },
    stop() {
      unsubscribe();
      for (const { stop } of followed) stop();
    },
  };
}

type Followed = LogSource & { walk: LogWalk };

const good: Attempt = {
  outcome: { ok: true, remarks: [], news: () => [] },
  durationMs: 0,
  cpuMs: 0,
};

function unread(sentence: string): Attempt {
  return { ...good, outcome: { ok: false, problem: problem('log.unreadable', sentence) } };
}

function followFile(world: World, path: string): Followed {
  const { clock, files, took } = world;
  const walk = createLogWalk(world, 'log');
  let follower: { lines: LineFollower; size: number } | null = null;
  let cancels: Cancel[] = [];
  let stopped = false;
  let busy = false;

  const read = async (): Promise<Attempt> => {
    const size = (await files.stat(path))?.size ?? null;
    if (size === null) return unread(`${path} is not there`);
    const isFirst = follower === null;
    // A file that became shorter is another one: it was rotated.
    if (follower === null || size < follower.size) {
      const from = isFirst ? Math.max(0, size - tailBytes) : 0;
      follower = { lines: createLineFollower(files, path, from), size };
    }
    follower.size = size;
    const lines = (await follower.lines.read()).map(readLogLine);
    if (!isFirst || (await isFromNow(world, lines))) walk.takes(lines);
    return good;
  };
  const look = async () => {
    if (busy || stopped) return;
    busy = true;
    took(await read().catch((error) => unread(`${path} cannot be read: ${String(error)}`)));
    busy = false;
    if (stopped) return;
    cancels[0]?.();
    cancels[0] = clock.after(lookMs, look);
  };
  return {
    walk,
    start() {
      cancels = [() => {}, files.watch(path, () => void look())];
      void look();
    },
    stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
    },
  };
}

/**
 * Of what was logged before anybody followed, only what a gravity that is still at work wrote counts; a line without a time
 * may be of any day.
 */
async function isFromNow({ ledger, poller }: World, lines: readonly LogLine[]): Promise<boolean> {
  await poller.lookForGravity();
  return (ledger.state().atWork ?? []).length > 0 && lines.some(({ at }) => at !== null);
}

function followJournal(world: World, units: readonly string[]): Followed {
  const { clock, processes, took } = world;
  const walk = createLogWalk(world, 'unit');
  const argv = [
    '--follow',
    '--output=json',
    `--lines=${tailLines}`,
    ...units.map((unit) => `--unit=${unit}`),
  ];
  let end: Cancel = () => {};
  let stopped = false;

  const follow = async () => {
    const started = processes.start({ path: 'journalctl', argv, cwd: '/' });
    end = () => started.kill('SIGTERM');
    if (started.pid > 0) took(good);
    const began = new Date(clock.now()).toISOString();
    const takes = async (lines: readonly LogLine[]) => {
      const isOld = lines.every(({ at }) => at !== null && at < began);
      if (!isOld || (await isFromNow(world, lines))) walk.takes(lines);
      took(good);
    };
    const split = createLineSplitter();
    let work = Promise.resolve();
    started.onStdout((chunk) => {
      const lines = split(chunk).flatMap((line) => readJournalEntry(line) ?? []);
      if (lines.length > 0) work = work.then(() => takes(lines));
    });
    const { detail, exitCode } = await started.exited;
    if (stopped) return;
    walk.ended();
    took(unread(`journalctl ended: ${detail ?? `exit code ${exitCode}`}`));
    end = clock.after(againMs, () => void follow());
  };
  return {
    walk,
    start: () => void follow(),
    stop() {
      stopped = true;
      end();
    },
  };
}
