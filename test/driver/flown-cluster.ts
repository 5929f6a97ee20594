import type { Verdict } from '../../src/actions/judge.ts';
import { createAutopilot } from '../../src/agent/autopilot.ts';
import type { Ledger, Poller } from '../../src/agent/contracts.ts';
import { createFactFinder } from '../../src/agent/facts.ts';
import { failureSentence } from '../../src/agent/failure-sentence.ts';
import { createJudgements } from '../../src/agent/judgements.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createOwnWork } from '../../src/agent/own-work.ts';
import { createPoller } from '../../src/agent/poller.ts';
import { recordOf } from '../../src/agent/record-of.ts';
import { observeRun, type RunObserving } from '../../src/agent/run-observing.ts';
import type { RunRecord } from '../../src/agent/run-record.ts';
import type { Runs } from '../../src/agent/runs.ts';
import { createWheel, type Wheel } from '../../src/agent/wheel.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Cancel, Finished } from '../../src/ports.ts';
import type { Cluster as State } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { Identity } from '../../src/protocol/identity.ts';
import type { Judgement } from '../../src/protocol/judgement.ts';
import type { Run } from '../../src/protocol/run.ts';
import { durations } from '../../src/simulator/durations.ts';
import { runGravity } from '../../src/simulator/gravity/run-gravity.ts';
import { newLife } from '../../src/simulator/life.ts';
import { VERBS } from '../../src/simulator/verbs/verbs.ts';
import { type LookingCluster, lookingCluster } from '../simulator/looking-cluster.ts';
import { noEnv, noFiles, noInterfaces } from './agent-ports.ts';
import { memoryStore } from './memory-store.ts';

export const ann: Identity = { user: 'ann', from: '10.0.0.1', tty: 'pts/1', console: 'console-1' };
export const bob: Identity = { user: 'bob', from: null, tty: 'pts/2', console: 'console-2' };

export type Flown = LookingCluster & {
  state(): State;
  events: Event[];
  wheel(): Wheel;
  /** Runs the simulated executable from another shell; it ends when time has moved on. */
  gravity(...argv: string[]): Promise<{ code: number; out: string; err: string }>;
  /** Says a verb to the simulated cluster, as `simulate` would. */
  say(...words: string[]): Promise<void>;
  /** Judges an action as for its card. */
  judge(action: string, args?: Record<string, unknown>): Promise<Judgement>;
  /** Judges it once more, as before its first step. */
  again(judgement: Judgement): Promise<Verdict>;
  /** Judges an action and does it as the agent would, the word typed; a refusal throws its sentence. */
  do(by: Identity, action: string, args?: Record<string, unknown>): Promise<void>;
  /** Moves time on until something is so. */
  until(what: (state: State) => boolean, withinMs?: number): Promise<void>;
  /** Kills the agent, or lets a new one begin on the same journal. */
  kill(): Promise<void>;
  begin(): Promise<void>;
};

/**
 * An agent on a simulated cluster of 3 masters and 2 workers, both on a clock moved by hand: its ledger, poller, judge,
 * wheel and autopilot are real; its gravity and its endpoint are the simulated ones, called at argv and at the URL. A run
 * is gravity's command line without a keeper between, and its work takes this share of its usual time.
 */
export async function flownCluster(share = 1 / 6): Promise<Flown> {
  const usual = durations(1);
  const looking = await lookingCluster((phase) => usual(phase) * share);
  const store = memoryStore();
  const gravity = gravityOf(looking);
  const lane = createLane(looking.time, gravity);
  let life = await beginLife(looking, store, { gravity, lane });
  const state = () => life.ledger.state();
  await looking.time.until(
    () => state().plan !== null && state().health !== null && state().binaries.length > 0,
  );
  return {
    ...looking,
    state,
    get events() {
      return life.events;
    },
    wheel: () => life.wheel,
    gravity: (...argv) => gravity(argv),
    say: (...words) => say(looking, words),
    judge: (action, args = {}) => life.settled(life.judgements.judge({ action, args })),
    again: (judgement) => life.settled(life.judgements.again(judgement)),
    do: (by, action, args = {}) => life.do(by, action, args),
    until: (what, withinMs = 12 * 3_600_000) => looking.time.until(() => what(state()), withinMs),
    kill: () => life.end(),
    async begin() {
      life = await beginLife(looking, store, { gravity, lane });
    },
  };
}

async function say({ cluster, time }: LookingCluster, [verb = '', ...operands]: string[]): Promise<void> {
  const clock = {
    ...time,
    sleep: time.wait,
    watch: time.wait,
    speed: () => 1,
    setSpeed: () => {},
    pause: () => {},
  };
  const context = { cluster, clock, rotateCertificates: async () => {} };
  const answer = await VERBS[verb]?.run(context as never, operands);
  if (answer === undefined || 'refused' in answer) throw new Error(answer?.refused ?? `there is no ${verb}`);
}

type Gravity = (
  argv: readonly string[],
  printed?: (text: string) => void,
) => Promise<{ code: number; out: string; err: string }>;

function gravityOf({ cluster }: LookingCluster): Gravity {
  return async (argv, printed = () => {}) => {
    const said = { out: '', err: '' };
    const exit = await runGravity({
      cluster,
      argv,
      uid: 0,
      node: cluster.host,
      life: newLife(),
      out: (text) => {
        said.out += text;
        printed(text);
      },
      err: (text) => {
        said.err += text;
        printed(text);
      },
      readLine: async () => null,
    });
    return { ...said, code: 'code' in exit ? exit.code : -1 };
  };
}

type Doors = { gravity: Gravity; lane: ReturnType<typeof createLane> };

async function beginLife(
  looking: LookingCluster,
  store: ReturnType<typeof memoryStore>,
  { gravity, lane: runs }: Doors,
) {
  const clock = looking.time;
  const events: Event[] = [];
  const initial = emptyCluster({ kind: 'rehearsal', label: 'test', readOnly: false });
  const ledger = await createLedger({ clock, epoch: `life-${clock.now()}`, store, initial });
  ledger.subscribe(({ event }) => events.push(event));
  const random = { next: () => 0, uuid: () => `${ledger.position().seq}-${events.length}-0000` };
  const log = {
    info: () => {},
    warn: () => {},
    error: (text: string, more?: unknown) => fail(text, more),
    debug: () => {},
  };
  const poller = createPoller(
    {
      clock,
      ledger,
      processes: { run: ({ argv }) => finished(gravity, argv) },
      http: { request: ({ url }) => endpoint(looking, url) },
      files: noFiles,
      env: noEnv,
      interfaces: noInterfaces,
    },
    {
      gravity: ['/test/gravity'],
      node: 'master-1',
      health: { url: 'http://endpoint', ca: '', cert: '', key: '' },
      cwd: '/',
      stateDir: '/var/lib/gravity',
    },
  );
  const facts = createFactFinder({ clock, processes: poller, ledger, poller, atWork: async () => null });
  const judgements = createJudgements({ clock, random, ledger, facts });
  const wheel = createWheel({ clock, ledger }, () => ledger.state().autopilot?.state === 'armed');
  runs.report({ ledger, poller });
  const autopilot = createAutopilot({ clock, random, log, ledger, judgements, runs, wheel });
  const ownWork = createOwnWork({ clock, ledger, wheel, runs: runs as unknown as Runs, autopilot });
  const closing: Cancel[] = [autopilot.start(), wheel.start()];
  poller.start();
  return {
    ledger,
    events,
    wheel,
    judgements,
    /** Moves time on until it has settled. */
    async settled<T>(work: Promise<T>): Promise<T> {
      let done = false;
      const ending = work.finally(() => {
        done = true;
      });
      ending.catch(() => {});
      await clock.until(() => done);
      return ending;
    },
    async do(by: Identity, action: string, args: Record<string, unknown>) {
      const work = async () => {
        const judgement = await judgements.judge({ action, args });
        if (!judgement.allowed) throw new Error(judgement.reason ?? 'refused');
        const record = recordOf(
          { clock, random, ledger },
          { judgement, by, requestId: random.uuid(), reason: null },
        );
        if (judgement.steps.some(({ program }) => program === 'agent')) {
          const sentence = await ownWork(record.run);
          if (sentence !== null) throw new Error(sentence);
        } else await runs.add(record);
      };
      await this.settled(work());
    },
    async end() {
      runs.report(null);
      for (const close of closing) close();
      const ended = poller.stop();
      await clock.advance(2_000);
      await ended;
      await ledger.close();
    },
  };
}

function fail(text: string, more: unknown): never {
  throw new Error(`${text}: ${JSON.stringify(more)}`);
}

async function finished(gravity: Gravity, argv: readonly string[]): Promise<Finished> {
  const { code, out, err } = await gravity(argv);
  const encoder = new TextEncoder();
  return {
    outcome: 'exited',
    exitCode: code,
    signal: null,
    stdout: encoder.encode(out),
    stderr: encoder.encode(err),
    durationMs: 0,
    cpuMs: 200,
    detail: null,
  };
}

async function endpoint(looking: LookingCluster, url: string) {
  const { status, body } = looking.ask(new URL(url).pathname);
  return {
    ok: true as const,
    status,
    headers: {},
    body: new TextEncoder().encode(JSON.stringify(body)),
    durationMs: 1,
  };
}

type Reporting = { ledger: Ledger; poller: Poller };

/**
 * The cluster lane without keepers: one command line after the other, and what is known of each, told to the life of the
 * agent that there is, with what its output tells. A new life adopts what runs, as from its directory.
 */
function createLane(clock: LookingCluster['time'], gravity: Gravity) {
  const known = new Map<string, Run>();
  const outputs = new Map<string, string>();
  const observing = new Map<string, RunObserving>();
  let life: Reporting | null = null;
  const stamp = () => new Date(clock.now()).toISOString();
  const tell = (run: Run) => {
    known.set(run.id, run);
    life?.ledger.record({ kind: 'run.changed', seen: stamp(), run });
  };
  const readFrom = async (path: string, from: number, length: number) =>
    new TextEncoder().encode(outputs.get(path.split('/').at(-2) ?? '')).slice(from, from + length);
  const look = (run: Run, outputBytes = 0) =>
    observing.get(run.id)?.seen({ step: 0, beganAt: run.startedAt, outputBytes });
  const observe = ({ ledger, poller }: Reporting, run: Run) => {
    observing.set(run.id, observeRun({ clock, ledger, poller, files: { readFrom }, stateDir: '/' }, run));
    look(run);
  };
  const conduct = async (queued: Run) => {
    const run: Run = { ...queued, state: 'running', startedAt: stamp() };
    tell(run);
    life?.poller.runBegan();
    if (life !== null) observe(life, run);
    const { code, out, err } = await gravity(run.steps[0]?.argv ?? [], (text) => {
      const output = (outputs.get(run.id) ?? '') + text;
      outputs.set(run.id, output);
      look(run, output.length);
    });
    life?.poller.runEnded();
    const ended = { state: code === 0 ? 'done' : 'failed', exitCode: code, finishedAt: stamp() } as const;
    const over = { ...run, ...ended, sentence: code === 0 ? null : failureSentence(out + err) };
    await observing.get(run.id)?.ended(over);
    tell(over);
  };
  return {
    async add({ run }: RunRecord): Promise<Run> {
      tell(run);
      void conduct(run);
      return run;
    },
    report(to: Reporting | null) {
      life = to;
      observing.clear();
      for (const run of known.values()) {
        if (to === null || to.ledger.state().runs.some(({ id }) => id === run.id)) continue;
        tell(run);
        if (run.state !== 'running') continue;
        to.poller.runBegan();
        observe(to, run);
      }
    },
  };
}
