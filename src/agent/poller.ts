import type { Clock, Env, Files, Http, Interfaces, Log, Processes } from '../ports.ts';
import { type SourceName, sourceNames } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import { binaryFinder } from './binaries.ts';
import type { Ledger, Poller } from './contracts.ts';
import { gravityReaders } from './gravity-sources.ts';
import { type HealthEndpoint, healthReader } from './health-sources.ts';
import { historyReader } from './history-source.ts';
import { createLane, type Lane } from './lane.ts';
import { createObserver } from './observer.ts';
import { createPacer } from './pacer.ts';
import { afterRun } from './schedule.ts';
import { createStatistics } from './source-statistics.ts';
import { createTask, type Task } from './task.ts';

export type PollerParts = {
  clock: Clock;
  processes: Pick<Processes, 'run'>;
  http: Pick<Http, 'request'>;
  files: Files;
  env: Env;
  interfaces: Interfaces;
  ledger: Ledger;
  log?: Log | null;
};

export type PollerOptions = {
  /** The --gravity options, absolute, best first. */
  gravity: readonly string[];
  /** `--node NAME|IP`. */
  node: string | null;
  /** Null: there is no endpoint to ask. */
  health: HealthEndpoint | null;
  /** A directory that exists and stays, for gravity to run in. */
  cwd: string;
  /** Gravity's own state directory. */
  stateDir: string;
};

/** Binaries are looked for again this often: while none works, and otherwise. */
const searchMs = { none: 10_000, some: 300_000 };

/** Reads the sources of design 4 within its budget: one gravity at a time, the endpoint beside it. */
export function createPoller(parts: PollerParts, options: PollerOptions): Poller {
  const { clock, ledger } = parts;
  const lane = createLane();
  const life = { stopped: false, childCpuMs: 0 };
  const pacer = createPacer(parts);
  const observer = createObserver({ ...parts, node: options.node });
  const statistics = new Map(sourceNames.map((name) => [name, createStatistics()]));

  const take = (name: SourceName, attempt: Attempt) => {
    life.childCpuMs += attempt.cpuMs;
    if (life.stopped) return;
    statistics.get(name)?.add(attempt);
    const news = observer.took(name, attempt);
    observer.conclude();
    pacer.took(
      name,
      attempt,
      news.some(({ kind }) => kind === 'phase.changed'),
    );
    if (pacer.turned()) reschedule();
  };
  const reschedule = () => {
    for (const task of Object.values(tasks)) task.reschedule();
  };
  /** Work in turn; a fault of our own is told in the log and stops nothing. */
  const guarded = (turn: Lane, work: (began: () => void) => Promise<void>) => (began: () => void) =>
    turn(() => (life.stopped ? Promise.resolve() : work(began))).catch((error) =>
      parts.log?.error('a poll failed by our own fault', { error: String(error) }),
    );
  const polled = (name: SourceName, read: () => Promise<Attempt>, turn: Lane = lane): Task =>
    createTask({
      clock,
      pauseMs: () => pacer.pauseMs(name),
      work: guarded(turn, async (began) => {
        began();
        take(name, await read());
      }),
    });

  const binary = () => ledger.state().binaries.find(({ polls }) => polls)?.path ?? null;
  const gravity = gravityReaders({ ...parts, binary, cwd: options.cwd });
  const endpoint = { ...parts, endpoint: options.health };
  const tasks: Record<SourceName, Task> = {
    plan: polled('plan', gravity.plan),
    status: polled('status', gravity.status),
    agents: polled('agents', gravity.agents),
    operations: polled('operations', gravity.operations),
    health: polled('health', healthReader(endpoint), beside),
    // The endpoint is asked beside gravity; only the gravity that stands in for it takes its turn.
    history: polled(
      'history',
      historyReader(endpoint, () => lane(gravity.history)),
      beside,
    ),
  };
  const search = createTask({
    clock,
    pauseMs: () => (binary() === null ? searchMs.none : searchMs.some),
    work: guarded(lane, async (began) => {
      began();
      const before = binary();
      const found = await find();
      if (life.stopped) return;
      observer.found(found);
      if (binary() !== before) for (const { source } of afterRun) tasks[source].poke();
    }),
  });
  const find = binaryFinder({ ...parts, cwd: options.cwd }, options);
  const everything = [search, ...Object.values(tasks)];
  return {
    start() {
      observer.conclude();
      for (const task of everything) task.start();
    },
    async stop() {
      life.stopped = true;
      for (const task of everything) task.stop();
    },
    runBegan() {
      pacer.runs(1);
      if (pacer.turned()) reschedule();
    },
    runEnded() {
      pacer.runs(-1);
      for (const { source, gapMs } of afterRun) tasks[source].poke(gapMs);
    },
    exclusive: lane,
    statistics: () =>
      sourceNames.flatMap(
        (name) => statistics.get(name)?.tell(name, ledger.state().sources[name].lastGood) ?? [],
      ),
    childCpuMs: () => life.childCpuMs,
  };
}

/** No turn to wait for. */
const beside: Lane = (work) => work();
