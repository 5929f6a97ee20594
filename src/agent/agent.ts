import { emptyCluster } from '../model/empty-cluster.ts';
import type {
  Cancel,
  Certificates,
  Clock,
  Command,
  Env,
  Files,
  Handlers,
  Http,
  Interfaces,
  Listening,
  Log,
  Processes,
  Random,
  Server,
  Store,
  Units,
} from '../ports.ts';
import type { AgentKind } from '../protocol/cluster.ts';
import { createApi } from './api.ts';
import type { Attempt } from './attempt.ts';
import { createAutopilot } from './autopilot.ts';
import { difference } from './difference.ts';
import { createFactFinder } from './facts.ts';
import { createJudgements, type Judgements } from './judgements.ts';
import { createLedger } from './ledger.ts';
import { localGravity } from './local-gravity.ts';
import { createLogSource, type LogOptions } from './log-source.ts';
import { createObserver } from './observer.ts';
import { type Doors, openDoors } from './open-doors.ts';
import { createOwnWork } from './own-work.ts';
import { createPoller, type PollerOptions } from './poller.ts';
import { reconcileAfter } from './reconcile-after.ts';
import { actingRoutes } from './routes-acting.ts';
import { readingRoutes } from './routes-reading.ts';
import type { RunRecord } from './run-record.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSelfReport } from './self-report.ts';
import { createStream } from './stream.ts';
import { createWheel } from './wheel.ts';
import { createWhyFacts } from './why-facts.ts';

export type AgentPorts = {
  clock: Clock;
  random: Random;
  env: Env;
  processes: Processes;
  http: Http;
  server: Server;
  files: Files;
  units: Units;
  interfaces: Interfaces;
  certificates?: Pick<Certificates, 'validity'>;
  log: Log;
  store: Store;
  /** How our own program is started with other arguments: the keeper. */
  ourselves: (argv: readonly string[]) => Command;
};

export type AgentOptions = {
  version: string;
  kind: AgentKind;
  label: string | null;
  readOnly: boolean;
  units: 'systemd' | 'none';
  /** Ours, absolute; it exists and is locked by us. */
  stateDir: string;
  doors: Doors;
  poll: PollerOptions;
  /** The logs that are followed; without it, none. */
  logs?: LogOptions;
};

export type Agent = {
  /** Takes up what was left running, opens both sockets, then polls. */
  start(): Promise<{ operator: Listening; viewer: Listening }>;
  /** Closes everything; runs go on under their keepers. */
  stop(): Promise<void>;
  handlers: Handlers;
};

/** The daemon: its life around its parts. Building it touches nothing but the journal. */
export async function createAgent(ports: AgentPorts, options: AgentOptions): Promise<Agent> {
  const parts = await assemble(ports, options);
  const { ledger, poller, runs, stream, wheel, autopilot, handlers, logs } = parts;
  const seen = () => new Date(ports.clock.now()).toISOString();
  const { version } = options;
  const { pid } = ports.processes.self;
  let closing: (Cancel | (() => Promise<void>))[] = [];
  return {
    handlers,
    async start() {
      ledger.record({ kind: 'agent.started', seen: seen(), version, pid });
      await runs.adopt();
      const doors = await openDoors(ports.server, options.doors, handlers);
      closing = [autopilot.start(), stream.start(), wheel.start(), doors.viewer.close, doors.operator.close];
      poller.start();
      logs.start();
      return doors;
    },
    async stop() {
      runs.stop();
      logs.stop();
      const readingsEnd = poller.stop();
      for (const close of closing.splice(0)) await close();
      await readingsEnd;
      ledger.record({ kind: 'agent.stopped', seen: seen() });
      await ledger.close();
    },
  };
}

async function assemble(ports: AgentPorts, options: AgentOptions) {
  const { clock, random, store, log } = ports;
  const { kind, label, readOnly, units, stateDir, version } = options;
  const initial = emptyCluster({ kind, label, readOnly, units });
  const ledger = await createLedger({ clock, epoch: random.uuid().slice(0, 8), store, initial, log });
  const poller = createPoller({ ...ports, ledger }, options.poll);
  const facts = createFactFinder({
    clock,
    processes: poller,
    ledger,
    poller,
    atWork: () => localGravity({ ...ports, binaries: ledger.state().binaries.map(({ path }) => path) }),
  });
  const judgements = createJudgements({ clock, random, ledger, facts });
  const wheel = createWheel({ clock, ledger }, () => {
    const { runs, autopilot } = ledger.state();
    return (
      runs.some(({ state }) => state === 'running') || (autopilot !== null && autopilot.state !== 'paused')
    );
  });
  const runs: Runs = createRuns({
    ...ports,
    ledger,
    poller,
    stateDir,
    useUnits: units === 'systemd',
    recheck: (record) => changedSince(judgements, record),
    aftermath: (run) => reconcileAfter({ ...ports, ledger, poller, judgements }, run),
    ended: ({ wheelTaken, run }) => {
      if (wheelTaken) wheel.endOfRun(run.by);
    },
  });
  const autopilot = createAutopilot({ ...ports, ledger, judgements, runs, wheel });
  const ownWork = createOwnWork({ clock, ledger, wheel, runs, autopilot });
  const stream = createStream({ clock, ledger, wheel });
  const self = createSelfReport({ ...ports, ledger, poller, runs, version });
  const whyFacts = createWhyFacts({ ...ports, processes: poller, ledger, poller, runs });
  const reading = readingRoutes({ ledger, runs, self, facts: whyFacts, version });
  const acting = actingRoutes({ ...ports, ledger, judgements, runs, wheel, ownWork });
  const handlers = createApi({ ...reading, ...acting }, { stream, log });
  const observer = createObserver({ ...ports, ledger, node: options.poll.node });
  const took = (attempt: Attempt) => void observer.took('logs', attempt);
  const logs = createLogSource({ ...ports, ledger, poller, took }, options.logs ?? { files: [], units: [] });
  return { ledger, poller, runs, stream, wheel, autopilot, handlers, logs };
}

/** What became different about a run while it waited, or null. */
async function changedSince(
  judgements: Judgements,
  { judgementId, digest, run }: RunRecord,
): Promise<string | null> {
  const verdict = await judgements.again(run, run.id);
  if (verdict.digest === digest) return null;
  const judged = judgements.find(judgementId);
  return judged === null ? 'what it means changed' : difference(judged, verdict).join('; ');
}
