import { newestByPhase } from '../../src/simulator/changelog.ts';
import type { Cluster } from '../../src/simulator/cluster/cluster.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { fault } from '../../src/simulator/fault.ts';
import { runGravity } from '../../src/simulator/gravity/run-gravity.ts';
import { healthRound } from '../../src/simulator/health/health-round.ts';
import { newLife } from '../../src/simulator/life.ts';
import type { PlanDocument } from '../../src/simulator/plan-document.ts';
import { updateAgents } from '../../src/simulator/update-agents.ts';
import { type Arrangement, createWorld, type World } from '../../src/simulator/world.ts';
import { handClock } from '../driver/hand-clock.ts';
import { IN_WORDS, rulesOf } from './nodes-arranged.ts';
import type { NodesArrangement } from './nodes-recording.ts';
import { arrange } from './stage.ts';

/** What a command came to; `rc` as in the recordings: negative when it was killed. */
export type NodesTold = { rc: number; stdout: string; stderr: string };

export type Given = { kill(): void; ended: Promise<NodesTold> };

/** What a copy of the changelog was of a phase, one after another. */
export type Histories = Map<string, Map<string, string[]>>;

/** A cluster of several nodes whose commands are given inside this process, on a clock moved by hand. */
export type NodesStage = {
  cluster: Cluster;
  world: World;
  histories: Histories;
  /** Moves to so many seconds after the beginning. */
  until(seconds: number): Promise<void>;
  give(node: string, argv: readonly string[]): Given;
  arrange(arrangement: NodesArrangement): void;
};

export type NodesStageOptions = {
  plan: PlanDocument;
  /** The wall time of the beginning, in milliseconds. */
  startMs: number;
  /** How long the work of a phase that begins now took where it was recorded, in milliseconds. */
  took?: (id: string, nowMs: number, arrangedMs: number) => number;
  /** The recording whose words are known. */
  recording?: string;
};

/** What was missing where the nodes were recorded is missing here too. */
export function nodesStage({ plan, startMs, took, recording = '' }: NodesStageOptions): NodesStage {
  const sleeps = new Map<string, number>();
  const histories: Histories = new Map();
  let seconds = 0.5;
  const time = handClock(startMs);
  const sleep = (ms: number): Promise<void> => {
    remember(world, histories);
    return time.wait(ms);
  };
  const world: World = createWorld({
    plan,
    clock: { ...time, sleep, watch: sleep },
    duration: ({ id }) => {
      const arrangedMs = (sleeps.get(id) ?? seconds) * 1000;
      return took === undefined ? arrangedMs : took(id, time.now(), arrangedMs);
    },
  });
  const cluster = createCluster(world);
  // The phases were scripted: nothing happened to the nodes.
  world.watchers.clear();
  world.obstacle = () => null;
  for (const name of ['no-site', 'no-planet', 'no-systemd']) arrange(cluster, name);
  cluster.gravityVersion = plan.gravity_package.version;
  healthRound(cluster);
  let etcd = true;
  world.etcdAnswers = () => etcd;
  const lost = new Set<string>();
  const follow = (rules: Readonly<Record<string, string | null>>): void => {
    for (const [rule, value] of Object.entries(rules)) {
      const [id = '', what = ''] = rule.split(' ');
      if (rule === 'seconds') seconds = Number(value);
      else if (what === 'sleep') sleeps.set(id, Number(value));
      // How long a rollback takes shows nowhere in what is compared.
      else if (what === 'rsleep') continue;
      else fail(world, id, what, value);
    }
  };
  return {
    cluster,
    world,
    histories,
    until: async (to) => {
      await time.advance(Math.max(0, to * 1000 - time.monotonic()));
      remember(world, histories);
    },
    give: (node, argv) => give(cluster, node, argv),
    arrange: (arrangement) => {
      const { arranged, seconds: each } = arrangement;
      if (each !== undefined) seconds = each;
      follow(rulesOf(arrangement, recording));
      for (const { words, does } of IN_WORDS) {
        const found = words.exec(arranged);
        if (found === null) continue;
        if (does === 'etcd stops') etcd = false;
        if (does === 'etcd starts') etcd = true;
        if (does === 'agent stops') {
          lost.add(found[1] ?? '');
          updateAgents.stop(world, found[1] ?? '');
        }
        if (does === 'agent starts') for (const node of lost) updateAgents.start(world, node);
      }
    },
  };
}

const MOMENTS: Readonly<Record<string, keyof Omit<Arrangement, 'crash' | 'kill'>>> = {
  fail: 'execute',
  rfail: 'rollback',
  prefail: 'precheck',
  postfail: 'postcheck',
};

function fail(world: World, id: string, what: string, text: string | null): void {
  const moment = MOMENTS[what];
  if (moment === undefined) throw new Error(`no rule is called ${what}`);
  const { [moment]: _, ...rest } = world.arranged.get(id) ?? {};
  world.arranged.set(id, text === null ? rest : { ...rest, [moment]: fault(text) });
}

function give(cluster: Cluster, node: string, argv: readonly string[]): Given {
  const life = newLife();
  const told = { stdout: '', stderr: '' };
  const ended = runGravity({
    cluster,
    argv,
    uid: 0,
    node,
    life,
    out: (text) => {
      if (!life.ended()) told.stdout += text;
    },
    err: (text) => {
      told.stderr += text;
    },
    readLine: async () => null,
  }).then((exit) => ({ rc: 'code' in exit ? exit.code : -9, ...told }));
  return { kill: life.end, ended };
}

/** Notes what is another in any copy than it was noted last. */
function remember({ stores }: World, histories: Histories): void {
  for (const [copy, log] of [...stores.nodes, ['etcd', stores.cluster] as const]) {
    const history = histories.get(copy) ?? new Map<string, string[]>();
    histories.set(copy, history);
    for (const [id, entry] of newestByPhase(log)) {
      const states = history.get(id) ?? [];
      history.set(id, states);
      const state = `${entry.state} ${entry.stamp} ${entry.error?.error?.message ?? ''}`;
      if (states.at(-1) !== state) states.push(state);
    }
  }
}
