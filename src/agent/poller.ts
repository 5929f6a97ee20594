import { same } from '../model/same.ts';
import type { Clock, Env, Files, Http, Interfaces, Log, Processes } from '../ports.ts';
import { type SourceName, sourceNames } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import { binaryFinder, withRoles } from './binaries.ts';
import type { Ledger, Poller } from './contracts.ts';
import { gravityReaders } from './gravity-sources.ts';
import { type HealthEndpoint, healthReader } from './health-sources.ts';
import { historyReader } from './history-source.ts';
import { createLane } from './lane.ts';
import { isMoving } from './moving.ts';
import { findPlace } from './place.ts';
import { pauseOf } from './schedule.ts';
import { saysOtherwise, settle } from './settle.ts';
import { createStatistics } from './source-statistics.ts';
import { createTask, type Task } from './task.ts';

export type PollerParts = {
  clock: Clock;
  processes: Processes;
  http: Http;
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
  const costs = new Map<SourceName, Attempt>();
  const failures = new Map<SourceName, number>();
  const statistics = new Map(sourceNames.map((name) => [name, createStatistics()]));
  const life = {
    runs: 0,
    changedAt: Number.NEGATIVE_INFINITY,
    childCpuMs: 0,
    stopped: false,
    wasMoving: false,
  };
  const moving = () =>
    isMoving(ledger.state(), { runs: life.runs, sinceChangeMs: clock.monotonic() - life.changedAt });
  const now = () => new Date(clock.now()).toISOString();

  const take = (name: SourceName, attempt: Attempt) => {
    life.childCpuMs += attempt.cpuMs;
    if (life.stopped) return;
    costs.set(name, attempt);
    failures.set(name, attempt.outcome.ok ? 0 : (failures.get(name) ?? 0) + 1);
    statistics.get(name)?.add(attempt);
    recordAttempt(name, attempt);
    recordPlace();
    recordRoles();
    if (moving() !== life.wasMoving) {
      life.wasMoving = !life.wasMoving;
      for (const task of Object.values(tasks)) task.reschedule();
    }
  };
  const recordAttempt = (name: SourceName, { outcome }: Attempt) => {
    const seen = now();
    const news = outcome.ok ? outcome.news(ledger.state(), seen) : [];
    if (news.some(({ kind }) => kind === 'phase.changed')) life.changedAt = clock.monotonic();
    const before = ledger.state().sources[name];
    const source = settle(before, outcome, seen);
    if (saysOtherwise(before, source)) ledger.record({ kind: 'source.changed', seen, source });
    else if (source.lastGood === seen) ledger.refresh(name, seen);
    ledger.record(...news);
  };
  const recordPlace = () => {
    const own = { option: options.node, addresses: parts.interfaces.addresses() };
    const place = findPlace(ledger.state(), own);
    if (!same(place, ledger.state().place)) ledger.record({ kind: 'place.found', seen: now(), place });
  };
  const recordRoles = (found = ledger.state().binaries) => {
    const { binaries, plan } = ledger.state();
    const roled = withRoles(found, plan?.operation.gravityVersion ?? null);
    if (!same(roled, binaries)) ledger.record({ kind: 'binaries.found', seen: now(), binaries: roled });
  };

  const binary = () => ledger.state().binaries.find(({ polls }) => polls)?.path ?? null;
  const gravity = gravityReaders({ ...parts, binary, cwd: options.cwd });
  const find = binaryFinder({ ...parts, cwd: options.cwd }, options);
  const polled = (name: SourceName, read: () => Promise<Attempt>, inLane = true): Task =>
    createTask({
      clock,
      pauseMs: () => pauseOf(name, paceOf(name)),
      work: async (began) => {
        const reading = async () => {
          began();
          take(name, await read());
        };
        await reported(inLane ? lane(unlessStopped(reading)) : reading());
      },
    });
  const paceOf = (name: SourceName) => {
    const last = costs.get(name);
    const problem = last === undefined || last.outcome.ok ? null : last.outcome.problem.code;
    return { moving: moving(), cpuMs: last?.cpuMs ?? 0, failures: failures.get(name) ?? 0, problem };
  };
  const unlessStopped = (work: () => Promise<void>) => () => (life.stopped ? Promise.resolve() : work());
  const reported = (work: Promise<void>) =>
    work.catch((error) => parts.log?.error('a poll failed by our own fault', { error: String(error) }));

  const search: Task = createTask({
    clock,
    pauseMs: () => (binary() === null ? searchMs.none : searchMs.some),
    work: (began) =>
      reported(
        lane(
          unlessStopped(async () => {
            began();
            const found = await find();
            if (!life.stopped) searched(found);
          }),
        ),
      ),
  });
  const searched = (found: Awaited<ReturnType<typeof find>>) => {
    const before = binary();
    recordRoles(found);
    if (binary() !== before) for (const name of gravitySources) tasks[name].poke();
  };
  const gravitySources = ['plan', 'status', 'agents', 'operations', 'history'] as const;
  const tasks: Record<SourceName, Task> = {
    plan: polled('plan', gravity.plan),
    status: polled('status', gravity.status),
    agents: polled('agents', gravity.agents),
    operations: polled('operations', gravity.operations),
    health: polled('health', healthReader({ ...parts, endpoint: options.health }), false),
    // Goes to the endpoint first and takes its turn in the lane only for the gravity that stands in for it.
    history: polled(
      'history',
      historyReader({ ...parts, endpoint: options.health }, () => lane(gravity.history)),
      false,
    ),
  };
  const everything = [search, ...Object.values(tasks)];
  return {
    start() {
      recordPlace();
      for (const task of everything) task.start();
    },
    async stop() {
      life.stopped = true;
      for (const task of everything) task.stop();
    },
    runBegan() {
      life.runs += 1;
      tasks.plan.poke();
    },
    runEnded() {
      life.runs = Math.max(0, life.runs - 1);
      for (const name of gravitySources) tasks[name].poke();
    },
    exclusive: lane,
    statistics: () =>
      sourceNames.flatMap(
        (name) => statistics.get(name)?.tell(name, ledger.state().sources[name].lastGood) ?? [],
      ),
    childCpuMs: () => life.childCpuMs,
  };
}
