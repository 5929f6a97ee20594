import { judge } from '../../src/actions/judge.ts';
import { withCommands } from '../../src/actions/why-commands.ts';
import { failureSentence } from '../../src/agent/failure-sentence.ts';
import { gravityReaders } from '../../src/agent/gravity-sources.ts';
import { healthReader } from '../../src/agent/health-sources.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createObserver } from '../../src/agent/observer.ts';
import { observeRun, type RunObserving } from '../../src/agent/run-observing.ts';
import { createWhyFacts } from '../../src/agent/why-facts.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { WhyQuestion } from '../../src/model/why/asked.ts';
import { whyOf } from '../../src/model/why/why.ts';
import type { Clock } from '../../src/ports.ts';
import type { Run, RunState } from '../../src/protocol/run.ts';
import type { PolledSource } from '../../src/protocol/source.ts';
import type { Why } from '../../src/protocol/why.ts';
import type { Cluster } from '../../src/simulator/cluster/cluster.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { healthRound } from '../../src/simulator/health/health-round.ts';
import { newLife } from '../../src/simulator/life.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import type { PhaseDocument } from '../../src/simulator/plan-document.ts';
import { VERBS } from '../../src/simulator/verbs/verbs.ts';
import { createWorld, reconcile, record } from '../../src/simulator/world.ts';
import { aRun } from '../actions/a-cluster.ts';
import { noFiles } from '../driver/agent-ports.ts';
import { memoryStore } from '../driver/memory-store.ts';
import { stageClock } from '../simulator/stage-clock.ts';
import {
  gravity,
  type Printed,
  simulatedHealth,
  simulatedProcesses,
  toItsEnd,
  turn,
  turns,
} from './called-doors.ts';

/** A gravity under way; `kill` is SIGKILL. */
export type Underway = { ended: Promise<Printed>; kill(): void; run: string | null };

export type StageOptions = {
  operation?: string;
  masters?: number;
  workers?: number;
  /** Simulated milliseconds; a minute when not given. */
  duration?: (phase: PhaseDocument) => number;
  host?: string;
  /** Whether the agent may ask systemd: then it also knows what works on this machine. */
  units?: 'systemd' | 'none';
};

const ID = '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d';
const START = Date.parse('2026-11-22T12:00:00Z');
export const GRAVITY = '/opt/image/gravity';

export type StoryStage = Awaited<ReturnType<typeof openStory>>;

/**
 * A simulated cluster on a clock of its own and what an agent does with it: the real readers, the real ledger, the real
 * fact finder, the real judge. Only processes and sockets are left out: gravity and the health endpoint are called.
 */
export async function openStory(options: StageOptions = {}) {
  const { operation = 'update', masters = 3, workers = 2, units = 'none' } = options;
  const clock = stageClock(START);
  clock.allow(0);
  const build = OPERATIONS[operation]?.build;
  if (build === undefined) throw new Error(`there is no operation ${operation}`);
  const createdMs = START - 300_000;
  const plan = build({ masters, workers, operationId: ID, cluster: 'demo.example.com', createdMs });
  const world = createWorld({ plan, clock, duration: options.duration ?? (() => 60_000) });
  const cluster = createCluster(world, options.host);
  healthRound(cluster);
  const outputs = new Map<string, string>();
  const agent = await agentBeside(cluster, { clock, outputs, units });
  const verbs = { ...clock, setSpeed: () => {}, speed: () => 1, elapsed: () => 0 };

  const start = (argv: readonly string[], run: string | null = null, node = cluster.host): Underway => {
    const life = newLife();
    const print = (text: string) => {
      add(outputs, run, text);
      if (run !== null) agent.printed(run);
    };
    const ended = gravity(cluster, { argv, life, node, print });
    return { ended, kill: life.end, run };
  };
  const stage = {
    cluster,
    world,
    clock,
    state: agent.state,
    record: agent.record,
    look: (...also: PolledSource[]) => agent.look(...also),
    lookAt: (...names: PolledSource[]) => agent.lookAt(...names),
    /** Runs it to its end, however long that takes. */
    async gravity(...argv: string[]): Promise<Printed> {
      return toItsEnd(clock, start(argv).ended);
    },
    /** The same on another node. */
    async gravityOn(node: string, ...argv: string[]): Promise<Printed> {
      return toItsEnd(clock, start(argv, null, node).ended);
    },
    start,
    /** Lets so much simulated time pass. */
    async pass(ms: number): Promise<void> {
      const until = clock.now() + ms;
      void clock.watch(ms);
      clock.allow(ms);
      while (clock.now() < until) await turn();
      await turns();
    },
    /** A verb of the simulator, in its own words. */
    async say(...words: string[]): Promise<void> {
      const [verb = '', ...operands] = words;
      const context = { cluster, clock: verbs, rotateCertificates: async () => {} };
      const answer = await VERBS[verb]?.run(context, operands);
      if (answer === undefined || 'refused' in answer)
        throw new Error(`${words.join(' ')}: ${answer?.refused}`);
    },
    /** Writes leaves down as completed, as work done before that every node knows of. */
    complete(...ids: RegExp[]): void {
      for (const { id } of world.tree.leaves)
        if (ids.some((wanted) => wanted.test(id)))
          record(world, cluster.host, { phaseId: id, state: 'completed' });
      for (const { server } of cluster.nodes.values()) reconcile(world, server.hostname);
    },
    /** Starts an action as a run of the agent's. */
    async begin(action: string, args: Record<string, unknown> = {}): Promise<Underway> {
      const step = agent.judged(action, args);
      const run = agent.beginRun(action, args, step);
      const under = start(step.argv, run.id);
      const ended = under.ended.then(async (printed) => {
        await agent.endRun(run.id, printed);
        return printed;
      });
      await turns();
      return { ...under, ended };
    },
    /** Runs an action to its end as a run of the agent's. */
    async do(action: string, args: Record<string, unknown> = {}): Promise<Printed> {
      let last: Printed = { code: 0, signal: null, out: '', err: '' };
      for (const step of agent.judgedSteps(action, args)) {
        const run = agent.beginRun(action, args, step);
        last = await toItsEnd(clock, start(step.argv, run.id).ended);
        await agent.endRun(run.id, last);
        if (last.code !== 0) break;
      }
      await stage.look();
      return last;
    },
    /** Writes down an action of the agent's own as a run that is done. */
    async ran(action: string): Promise<void> {
      const step = { program: 'agent' as const, path: null, argv: action.split('.'), phase: null };
      await agent.endRun(agent.beginRun(action, {}, step).id, { code: 0, signal: null, out: '', err: '' });
    },
    async ask(question: Partial<WhyQuestion>): Promise<Why> {
      const whole = { phase: null, refusal: null, ...question };
      const facts = await agent.facts.find(whole);
      const state = agent.state();
      return withCommands(state, whyOf({ cluster: state, question: whole, facts }), facts);
    },
    stateOf: (id: string) => agent.state().plan?.phases.find((phase) => phase.id === id)?.state ?? null,
  };
  await stage.look();
  return stage;
}

type Parts = {
  clock: ReturnType<typeof stageClock>;
  outputs: Map<string, string>;
  units: 'systemd' | 'none';
};

async function agentBeside(cluster: Cluster, { clock: time, outputs, units }: Parts) {
  const clock: Clock = { now: time.now, monotonic: time.now, after: () => () => {}, wait: time.watch };
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false, units });
  const ledger = await createLedger({ clock, epoch: 'story', store: memoryStore(), initial });
  const processes = simulatedProcesses(cluster, time);
  const ip = () => cluster.nodes.get(cluster.host)?.server.advertise_ip ?? '';
  const interfaces = { addresses: () => [ip()], hostname: () => cluster.host };
  const observer = createObserver({ clock, ledger, interfaces, node: null });
  const readers = gravityReaders({
    clock,
    ledger,
    processes,
    binary: () => GRAVITY,
    why: () => null,
    cwd: '/',
  });
  const endpoint = { url: 'http://health', ca: '', cert: '', key: '' };
  const health = healthReader({
    clock,
    http: simulatedHealth(cluster),
    files: noFiles,
    endpoint,
    cluster: ledger.state,
  });
  const sources = { ...readers, health };
  const tail = async (id: string, from: number, length: number) => {
    const bytes = new TextEncoder().encode(outputs.get(id) ?? '');
    return { bytes: bytes.slice(from, from + length), total: bytes.length };
  };
  const facts = createWhyFacts({
    clock,
    ledger,
    processes,
    poller: { exclusive: (work) => work() },
    runs: { output: tail },
    files: {
      ...noFiles,
      list: async () => (units === 'systemd' ? ['1'] : []),
      readText: async () => '/sbin/init',
    },
    units: {
      available: async () => units === 'systemd',
      start: async () => ({ ok: false, message: 'not here' }),
      state: async () => ({
        active: cluster.resumeUnit === null ? 'inactive' : 'active',
        result: 'success',
        exitCode: null,
        mainPid: null,
      }),
    },
  });
  const seen = () => new Date(clock.now()).toISOString();
  const put = (run: Run) => ledger.record({ kind: 'run.changed', seen: seen(), run });
  const waiting = new Set<(isRead: boolean) => void>();
  const planRead = () => new Promise<boolean>((resolve) => waiting.add(resolve));
  const readFrom = async (path: string, from: number, length: number) => {
    const bytes = new TextEncoder().encode(outputs.get(path.split('/').at(-2) ?? '') ?? '');
    return bytes.slice(from, from + length);
  };
  const observing = new Map<string, RunObserving>();
  const observe = (run: Run): RunObserving => {
    const world = { clock, ledger, poller: { planRead }, files: { readFrom }, stateDir: '/' };
    const begun = observeRun(world, run);
    observing.set(run.id, begun);
    return begun;
  };
  let runs = 0;
  const judged = (action: string, args: Record<string, unknown>) => {
    const agents = ledger.state().agents;
    const verdict = judge({
      cluster: ledger.state(),
      action,
      args,
      facts: { pods: null, agents, now: clock.now() },
    });
    if (!verdict.allowed) throw new Error(`${action} is refused: ${verdict.reason}`);
    return verdict.steps;
  };
  return {
    state: ledger.state,
    record: ledger.record,
    facts,
    judgedSteps: judged,
    judged: (action: string, args: Record<string, unknown>) => {
      const [step] = judged(action, args);
      if (step === undefined) throw new Error(`${action} has no step`);
      return step;
    },
    beginRun(action: string, args: Record<string, unknown>, step: Run['steps'][number]): Run {
      runs += 1;
      const at = seen();
      const run = aRun({
        id: `r${runs}`,
        action,
        label: action,
        args,
        steps: [step],
        queuedAt: at,
        startedAt: at,
        operationId: ID,
      });
      put(run);
      observe(run).seen({ step: 0, beganAt: at, outputBytes: 0 });
      return run;
    },
    /** The run printed something. */
    printed(id: string): void {
      const startedAt = ledger.state().runs.find((run) => run.id === id)?.startedAt ?? null;
      observing.get(id)?.seen({ step: 0, beganAt: startedAt, outputBytes: 1 });
    },
    async endRun(id: string, { code, signal, err }: Printed): Promise<void> {
      const run = ledger.state().runs.find((each) => each.id === id);
      if (run === undefined) return;
      const state: RunState = code === 0 ? 'done' : 'failed';
      const sentence =
        code === 0 ? null : signal === null ? failureSentence(err) : `gravity was killed by ${signal}`;
      const over = { ...run, state, exitCode: code, signal, sentence, finishedAt: seen() };
      await observing.get(id)?.ended(over);
      put(over);
    },
    /** Reads every source once, as the poller does; the update agents only when asked, since that may take its time. */
    async look(...also: PolledSource[]): Promise<void> {
      await this.lookAt('plan', 'status', 'health', 'operations', ...also);
    },
    /** Reads these sources once and no other. */
    async lookAt(...names: PolledSource[]): Promise<void> {
      const binary = {
        path: GRAVITY,
        from: 'option',
        version: cluster.gravityVersion,
        drives: false,
        polls: false,
        problem: null,
      } as const;
      healthRound(cluster);
      for (const name of names) {
        const reader = sources[name];
        const attempt = name === 'agents' ? await toItsEnd(time, reader()) : await reader();
        observer.took(name, attempt);
        observer.found([binary]);
        observer.conclude();
        if (name === 'plan') for (const resolve of [...waiting]) resolve(true);
        if (name === 'plan') waiting.clear();
      }
    },
  };
}

function add(outputs: Map<string, string>, run: string | null, text: string): void {
  if (run !== null) outputs.set(run, (outputs.get(run) ?? '') + text);
}
