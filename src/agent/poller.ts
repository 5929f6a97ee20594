import type { Cancel, Certificates, Clock, Env, Files, Http, Interfaces, Log, Processes } from '../ports.ts';
import type { Event } from '../protocol/event.ts';
import type { PolledSource, SourceState } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import { binaryFinder } from './binaries.ts';
import type { Ledger, Poller } from './contracts.ts';
import type { HealthEndpoint } from './health-endpoints.ts';
import { createObserver, type Observer } from './observer.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { createProcessLook } from './process-look.ts';
import { createReadNow, type ReadNow } from './read-now.ts';
import { createReadingWaits, type ReadingWaits } from './reading-waits.ts';
import { createReadings } from './readings.ts';
import { afterRun } from './schedule.ts';
import { searchTask } from './search-task.ts';
import { createStatistics, type StatisticsKeeper } from './source-statistics.ts';
import { sourceTasks } from './source-tasks.ts';
import { createTurns, type Turns } from './turns.ts';

export type PollerParts = {
  clock: Clock;
  processes: Pick<Processes, 'run'>;
  http: Pick<Http, 'request'>;
  files: Files;
  env: Env;
  interfaces: Interfaces;
  certificates?: Pick<Certificates, 'validity'>;
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

/** Reads the sources of design 4 within its budget: one gravity at a time, the endpoint beside it. */
export function createPoller(parts: PollerParts, options: PollerOptions): Poller {
  const readings = createReadings(parts, options.cwd);
  const turns = createTurns(parts.log ?? null);
  const pacer = createPacer(parts);
  const observer = createObserver({ ...parts, node: options.node });
  const statistics = createStatistics(parts.ledger);
  const whole = { ...parts, processes: readings };
  const planWaits = createReadingWaits();
  const readNow: ReadNow = createReadNow(parts.clock, (source) => tasks[source].poke());
  const made = { turns, pacer, observer, statistics, planWaits, readNow };
  const { tasks, search, processes, reschedule } = createTasks(whole, options, made);
  const everything = [search, processes.task, ...Object.values(tasks)];
  let unsubscribe: Cancel = () => {};
  return {
    start() {
      observer.conclude();
      // What is seen to run beyond the plan makes it move.
      unsubscribe = parts.ledger.subscribe(({ event }) => {
        if (event.kind === 'phase.observed') reschedule();
      });
      for (const task of everything) task.start();
    },
    async stop() {
      unsubscribe();
      turns.end();
      for (const task of everything) task.stop();
      await readings.end();
    },
    run: readings.run,
    runBegan() {
      pacer.runs(1);
      reschedule();
    },
    runEnded() {
      pacer.runs(-1);
      readNow.runEnded();
      for (const { source, gapMs } of afterRun) tasks[source].poke(gapMs);
    },
    planRead: planWaits.next,
    lookForGravity: processes.look,
    readNow: readNow.ask,
    exclusive: turns.lane,
    statistics: statistics.tell,
    childCpuMs: statistics.childCpuMs,
  };
}

/** Whether the timeline may have more to tell: health changed, or its endpoint came back. */
function tellsOfHealth(news: readonly Event[], before: SourceState, after: SourceState): boolean {
  const isBack = before.lastGood !== null && before.state !== 'good' && after.state === 'good';
  const isFirst = before.lastGood === null && after.lastGood !== null && after.via !== undefined;
  return isBack || isFirst || news.some(({ kind }) => kind === 'node.changed' || kind === 'probe.changed');
}

type Making = {
  turns: Turns;
  pacer: Pacer;
  observer: Observer;
  statistics: StatisticsKeeper;
  planWaits: ReadingWaits;
  readNow: ReadNow;
};

/** A task for each source and one that looks for binaries, and what they do with what they find. */
function createTasks(
  parts: PollerParts,
  options: PollerOptions,
  { turns, pacer, observer, statistics, planWaits, readNow }: Making,
) {
  const { clock, ledger } = parts;
  const take = (name: PolledSource, attempt: Attempt) => {
    statistics.add(name, attempt);
    if (turns.ended()) return;
    const before = ledger.state().sources.health;
    const news = observer.took(name, attempt);
    if (name === 'health' && tellsOfHealth(news, before, ledger.state().sources.health)) tasks.history.poke();
    observer.conclude();
    pacer.took(name, attempt, news);
    reschedule();
    readNow.took(name, attempt.outcome);
    if (name === 'plan') planWaits.ended(attempt.outcome.ok);
  };
  const reschedule = () => {
    if (pacer.turned()) for (const task of Object.values(tasks)) task.reschedule();
  };
  const begins = (name: PolledSource) => {
    readNow.began(name);
    if (name === 'plan') planWaits.began();
  };
  const binary = () => ledger.state().binaries.find(({ polls }) => polls)?.path ?? null;
  const why = () =>
    ledger.state().binaries.find(({ problem }) => problem !== null)?.problem?.sentence ?? null;
  const tasks = sourceTasks(parts, options, { pacer, turns, binary, why, take, begins });
  const search = searchTask({
    clock,
    turns,
    binary,
    find: binaryFinder(parts, options),
    found: observer.found,
    changed: () => {
      for (const { source } of afterRun) tasks[source].poke();
    },
  });
  const processes = createProcessLook({ ...parts, turns, changed: () => tasks.plan.poke() });
  return { tasks, search, processes, reschedule };
}
