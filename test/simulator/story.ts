import { fault } from '../../src/simulator/fault.ts';
import { healthRound } from '../../src/simulator/health/health-round.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import type { PlanDocument } from '../../src/simulator/plan-document.ts';
import { RECORDED_ALERTS } from './recorded-alerts.ts';
import { type RecordedCommand, recordedCommands } from './recorded-command.ts';
import { untouchedPlan } from './recorded-plan.ts';
import { openStage, type Stage, type Told, type Underway } from './stage.ts';

/** A part of recordings/story that is told on one cluster, with what ARRANGED.tsv says was arranged in it. */
export type Chapter = {
  title: string;
  plan(): PlanDocument;
  from: string;
  to: string;
  duration?: (id: string) => number;
  /** Done to the cluster before the first command. */
  opening?(stage: Stage): Promise<void> | void;
  /** Done before the command of that number. */
  before?: Readonly<Record<string, (stage: Stage) => Promise<void> | void>>;
  /** Commands that were under way while others were given: how each is told instead. */
  told?: Readonly<Record<string, (stage: Stage) => Promise<Told>>>;
};

const LONG_MS = 9000;

/** Of the binary everything was recorded with. */
export const RECORDED_VERSION = '7.0.41-dev.6';

const fail =
  (id: string, text: string) =>
  ({ cluster }: Stage): void => {
    cluster.world.arranged.set(id, { execute: fault(text) });
  };

const alerted = ({ cluster }: Stage): void => {
  cluster.alerts.push(...RECORDED_ALERTS);
};

/** The command under way on a stage while others are given. */
const slow = new WeakMap<Stage, Underway>();

export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'an update that fails twice and is rolled back',
    plan: () => untouchedPlan('cli/plan-json.stdout'),
    from: '01',
    to: '23',
    before: {
      '06': fail('/bootstrap/worker-1', 'failed to pull package gravitational.io/planet:7.0.56-11709'),
      '13': (stage) => {
        stage.cluster.world.arranged.clear();
        fail('/masters/master-2/drain', 'pods could not be evicted')(stage);
      },
    },
  },
  // ARRANGED.tsv says the same cluster goes on, but the operation of 31 was created later than that of 11.
  {
    title: 'an update completed midway and then finished',
    plan: () => untouchedPlan('cli/plan-json.stdout'),
    from: '30',
    to: '42',
  },
  // ARRANGED.tsv has a fresh cluster at 60, but the plan of 61 still knows what 50 and 54 did.
  {
    title: 'commands given beside each other, and one that is killed',
    plan: () => untouchedPlan('cli/plan-json.stdout'),
    from: '50',
    to: '62',
    duration: (id) => (id === '/init/master-1' || id === '/init/worker-1' ? LONG_MS : 100),
    before: {
      '51': async (stage) => {
        const began = stage.moment('/init/master-1', 'began');
        stage.clock.allow(0);
        slow.set(stage, stage.start(['plan', 'execute', '--phase=/init/master-1']));
        await began;
      },
      '54': ({ clock }) => clock.allow(LONG_MS / 2),
      '61': async (stage) => {
        stage.clock.allow(0);
        const began = stage.moment('/init/worker-1', 'began');
        const abandoned = stage.moment('/init/worker-1', 'abandoned');
        // It begins there a moment after it was asked for.
        stage.clock.allow(LONG_MS / 2);
        const killed = stage.start(['plan', 'execute', '--phase=/init/worker-1']);
        await began;
        killed.started.kill('SIGKILL');
        await killed.ended;
        stage.clock.allow();
        await abandoned;
      },
    },
    told: {
      '50': async (stage) => {
        stage.clock.allow();
        const under = slow.get(stage);
        if (under === undefined) throw new Error('the slow command was not started');
        return under.ended;
      },
    },
  },
  {
    title: 'somebody follows the plan until a phase fails',
    plan: () => untouchedPlan('cli/plan-json.stdout'),
    from: '78',
    to: '78',
    opening: async (stage) => {
      await stage.gravity(['plan', 'execute', '--phase=/init']);
      await stage.gravity(['plan', 'execute', '--phase=/checks']);
      fail('/pre-update', 'hook failed: job shop-pre-update has failed')(stage);
    },
    told: {
      '78': async (stage) => {
        stage.clock.allow(0);
        const began = stage.moment('/pre-update', 'began');
        const failing = stage.start(['plan', 'execute', '--phase=/pre-update']);
        await began;
        const tail = stage.start(['plan', '--tail']);
        await tail.said('/pre-update is in_progress');
        stage.clock.allow();
        await failing.ended;
        return tail.ended;
      },
    },
  },
  {
    title: 'garbage is collected without an API of the cluster',
    plan: () => operation('gc', 1),
    from: 'a0',
    to: 'a7',
    opening: alerted,
  },
  {
    title: 'a cluster of 63 nodes whose health agents know five',
    plan: () => untouchedPlan('story/c0-60w-plan-json.stdout'),
    from: 'c0',
    to: 'c2',
    opening: (stage) => {
      alerted(stage);
      const known = ['master-1', 'master-2', 'master-3', 'worker-1', 'worker-2'];
      for (const [hostname, agent] of stage.cluster.agents)
        if (!known.includes(hostname)) agent.member = 'left';
      healthRound(stage.cluster);
    },
  },
  {
    title: 'one master, from start to end',
    plan: () => untouchedPlan('story/d1-1m-plan.stdout'),
    from: 'd0',
    to: 'd1',
  },
];

/** An operation as the simulator builds it, under the names of the recordings. */
function operation(name: string, masters: number): PlanDocument {
  const row = OPERATIONS[name];
  if (row === undefined) throw new Error(`there is no operation ${name}`);
  const createdMs = Date.parse('2026-11-22T10:21:25Z');
  const operationId = '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d';
  return row.build({ masters, workers: 0, operationId, cluster: 'demo.example.com', createdMs });
}

/** A chapter's cluster as it was before its first command. */
export async function openChapter({ plan, duration, opening }: Chapter): Promise<Stage> {
  const stage = await openStage({ plan: plan(), situations: ['recorded'], ...(duration && { duration }) });
  stage.cluster.gravityVersion = RECORDED_VERSION;
  await opening?.(stage);
  return stage;
}

/** The commands of a chapter in the order they ended. */
export function commandsOf({ from, to }: Chapter): RecordedCommand[] {
  return recordedCommands('story').filter(({ name }) => name >= from && name.slice(0, 2) <= to);
}

/** Gives a command as it was given then, after what was arranged for it. */
export async function tell(
  { before = {}, told = {} }: Chapter,
  stage: Stage,
  { name, argv }: RecordedCommand,
): Promise<Told> {
  const number = name.slice(0, 2);
  await before[number]?.(stage);
  return told[number]?.(stage) ?? stage.gravity(argv);
}
