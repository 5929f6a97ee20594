import { describe, expect, test } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import { actions } from '../../src/actions/table.ts';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { readStatusJson } from '../../src/adapters/gravity/status-json.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Step } from '../../src/protocol/run.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { runGravity } from '../../src/simulator/gravity/run-gravity.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { newLife } from '../../src/simulator/life.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { clusterWith, noFacts } from './a-cluster.ts';

type Answer = { code: number; out: string; err: string };

/** How far the operation is when it is asked about: so many leaves are executed, the next is left in a state. */
const stages = [
  { name: 'before its first phase', executed: 0, left: null },
  { name: 'after its first phases', executed: 6, left: null },
  { name: 'with a failed phase', executed: 6, left: 'failed' },
  { name: 'with a phase left in progress', executed: 6, left: 'in_progress' },
  { name: 'after its last phase', executed: Number.POSITIVE_INFINITY, left: null },
] as const;

type Stage = (typeof stages)[number];

/** A simulated cluster in the middle of an operation; asked twice, twice the same one. */
async function simulated(operation: string, { executed, left }: Stage) {
  const createdMs = Date.parse('2026-11-20T14:30:00Z');
  const plan = OPERATIONS[operation]?.build({
    masters: 3,
    workers: 1,
    operationId: '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
    cluster: 'demo.example.com',
    createdMs,
  });
  if (plan === undefined) throw new Error(`there is no operation ${operation}`);
  const world = createWorld({ plan, clock: instantClock(createdMs + 1000) });
  const cluster = createCluster(world);
  const run = async (argv: readonly string[]): Promise<Answer> => {
    const answer = { code: -1, out: '', err: '' };
    const said = {
      out: (text: string) => {
        answer.out += text;
      },
      err: (text: string) => {
        answer.err += text;
      },
    };
    const exit = await runGravity({
      ...said,
      cluster,
      argv,
      uid: 0,
      node: cluster.host,
      life: newLife(),
      readLine: async () => null,
    });
    return { ...answer, code: 'code' in exit ? exit.code : -1 };
  };
  const leaves = world.tree.leaves.map(({ id }) => id);
  const isDriven = operation !== 'reconfigure';
  for (const id of isDriven ? leaves.slice(0, executed) : []) {
    const { code, err } = await run(['plan', 'execute', `--phase=${id}`]);
    if (code !== 0) throw new Error(`${operation} ${id}: ${err}`);
  }
  const [next] = leaves.slice(Math.min(executed, leaves.length));
  if (isDriven && left !== null && next !== undefined)
    await run(['plan', 'set', `--phase=${next}`, `--state=${left}`]);
  return { run, leaves };
}

async function look(run: (argv: readonly string[]) => Promise<Answer>): Promise<Cluster> {
  const plan = readPlanJson((await run(['plan', '--output=json'])).out);
  const status = readStatusJson((await run(['status', '--output=json'])).out);
  if (!status.ok) throw new Error(status.problem.sentence);
  // A removal goes by itself and is over at once on this clock; it is asked about while it runs.
  const { operation } = status.value;
  const removal =
    operation?.type === 'operation_shrink' ? [{ ...operation, state: 'shrink_in_progress' }] : [];
  return clusterWith(plan.ok ? plan.value : null, {
    status: { ...status.value, activeOperations: [...status.value.activeOperations, ...removal] },
    units: 'none',
    place: { node: 'master-1', ip: '192.168.1.11', by: 'option' },
  });
}

/** What gravity answers to a row's steps; null where it takes them. */
async function refusal(
  operation: string,
  stage: Stage,
  steps: readonly Pick<Step, 'argv' | 'expects'>[],
): Promise<string | null> {
  const { run } = await simulated(operation, stage);
  for (const { argv, expects } of steps) {
    const { code, err } = await run(argv);
    const isExpected = code === expects?.exitCode && err.includes(expects.says);
    if (code !== 0 && !isExpected) return err;
  }
  return null;
}

/** What we refuse although gravity takes it, each with its reason. */
const stricter = [
  /is already completed: nothing would run/,
  /every leaf is completed: nothing is left to step/,
  /is a group: a step runs one leaf/,
  /is a group: its state is computed/,
  /nothing from phase/,
];

/** The words gravity and we must share: its sentence up to where ours goes on by itself. */
function core(sentence: string): string {
  const [, busy] = /^(\S+) is in progress/.exec(sentence) ?? [];
  if (busy !== undefined) return `phase "${busy}" is in progress`;
  return sentence.split(/: (?:it runs on|the .* is completed|the cluster has)/)[0] ?? sentence;
}

const rows = actions.filter(
  ({ id, effect }) => (id.startsWith('phase.') || id.startsWith('operation.')) && effect !== 'agent',
);

describe.each(Object.keys(OPERATIONS))('of the operation %s', (operation) => {
  test.each(stages)('$name every verdict is what gravity then does', async (stage) => {
    const { run, leaves } = await simulated(operation, stage);
    const cluster = await look(run);
    const [first = '/x', last = '/x'] = [leaves[0], leaves.at(-1)];
    const group = cluster.plan?.phases.find(({ leaf }) => !leaf)?.id ?? first;
    const ends = stage.executed > leaves.length ? [group] : [first, group, leaves[6] ?? last];
    const phases = [...new Set([...ends, last])];
    for (const row of rows) {
      const takes = row.takes.phase !== undefined && row.id !== 'operation.step';
      for (const phase of takes ? phases : [null]) {
        const args = phase === null ? {} : { ...row.sample.args, phase };
        const verdict = judge({ cluster, action: row.id, args, facts: noFacts });
        const said = `${row.id} ${phase ?? ''}`;
        if (verdict.allowed) {
          expect(await refusal(operation, stage, verdict.steps), said).toBeNull();
          continue;
        }
        const reason = verdict.reason ?? '';
        expect(verdict.nextStep, said).not.toBeNull();
        if (stricter.some((rule) => rule.test(reason))) continue;
        const steps = row.steps(args, cluster, { pods: null, agents: null, now: 0 });
        if (steps.length === 0) continue;
        const gravity = await refusal(operation, stage, steps);
        expect(gravity?.replace(/\s+/g, ' ') ?? null, said).toContain(core(reason).split(' yet: ')[0]);
      }
    }
  });
});
