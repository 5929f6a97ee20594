import { describe, expect, it } from 'vitest';
import { judge, type Verdict } from '../../src/actions/judge.ts';
import { actions } from '../../src/actions/table.ts';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { readStatusJson } from '../../src/adapters/gravity/status-json.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Step } from '../../src/protocol/run.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { runGravity } from '../../src/simulator/gravity/run-gravity.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { newLife } from '../../src/simulator/life.ts';
import { readPlanDocument } from '../../src/simulator/plan-document.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { recordingText } from '../recordings.ts';
import { clusterWith, noFacts } from './a-cluster.ts';

type Answer = { code: number; out: string; err: string };

/** A simulated cluster with a recorded plan, and what is known of it by asking its gravity. */
function simulated(path: string) {
  const read = readPlanDocument(recordingText(path));
  if ('refused' in read) throw new Error(read.refused);
  // Later than any entry of a recorded plan: of two entries about a phase the newest wins.
  const world = createWorld({ plan: read.plan, clock: instantClock(Date.parse('2030-01-01T00:00:00Z')) });
  const cluster = createCluster(world);
  const run = async (argv: readonly string[]): Promise<Answer> => {
    const answer = { code: -1, out: '', err: '' };
    const exit = await runGravity({
      cluster,
      argv,
      uid: 0,
      node: cluster.host,
      life: newLife(),
      out: (text) => {
        answer.out += text;
      },
      err: (text) => {
        answer.err += text;
      },
      readLine: async () => null,
    });
    return { ...answer, code: 'code' in exit ? exit.code : -1 };
  };
  return { run, look: () => look(run) };
}

async function look(run: (argv: readonly string[]) => Promise<Answer>): Promise<Cluster> {
  const plan = readPlanJson((await run(['plan', '--output=json'])).out);
  const status = readStatusJson((await run(['status', '--output=json'])).out);
  if (!plan.ok) throw new Error(plan.problem.sentence);
  if (!status.ok) throw new Error(status.problem.sentence);
  return clusterWith(plan.value, { status: status.value });
}

function ask(cluster: Cluster, action: string, args: Record<string, unknown> = {}): Verdict {
  return judge({ cluster, action, args, facts: noFacts });
}

async function perform(run: (argv: readonly string[]) => Promise<Answer>, steps: readonly Step[]) {
  for (const { argv } of steps) {
    const answer = await run(argv);
    if (answer.code !== 0) return answer;
  }
  return null;
}

describe('the simulated gravity', () => {
  for (const row of actions.filter(({ effect }) => effect !== 'agent')) {
    it(`understands what ${row.id} gives it`, async () => {
      const { run, look } = simulated('plans/midway-3m2w.json');
      const verdict = ask(await look(), row.id, row.sample.args);
      const steps = verdict.allowed ? verdict.steps : row.steps(row.sample.args, await look(), noFacts);
      for (const { argv } of steps) {
        const { err } = await run(argv);
        expect(err).not.toMatch(/unknown (long|short) flag|expected command|unexpected /);
      }
    });
  }

  it('is stepped by judge from its first leaf to its last, and completed', async () => {
    const { run, look } = simulated('plans/fresh-1m.json');
    const stepped: (string | null)[] = [];
    for (;;) {
      const verdict = ask(await look(), 'operation.step');
      if (!verdict.allowed) {
        expect(verdict.reason).toContain('every leaf is completed');
        break;
      }
      expect(await perform(run, verdict.steps)).toBeNull();
      stepped.push(verdict.steps[0]?.phase ?? null);
    }
    const leaves = (await look()).plan?.phases.filter((phase) => phase.leaf).map(({ id }) => id);
    expect(stepped).toEqual(leaves);
    expect(await perform(run, ask(await look(), 'operation.complete').steps)).toBeNull();
    const after = await look();
    expect(ask(after, 'operation.complete').reason).toContain('no active operation found');
    expect((await run(['plan', 'complete'])).err).toContain('no active operation found');
  });

  it('has a group rolled back leaf by leaf, each accepted, in the order judge names', async () => {
    const { run, look } = simulated('plans/fresh-3m2w.json');
    await perform(run, ask(await look(), 'phase.execute', { phase: '/init' }).steps);
    const verdict = ask(await look(), 'phase.rollback', { phase: '/init' });
    expect(verdict.impact.leaves).toHaveLength(5);
    expect(await perform(run, verdict.steps)).toBeNull();
    const after = await look();
    expect(after.plan?.phases.find(({ id }) => id === '/init')?.state).toBe('rolled_back');
  });

  it('is rolled back to before a master and brought forward again, each leaf accepted', async () => {
    const { run, look } = simulated('plans/midway-3m2w.json');
    const phase = '/masters/master-1/drain';
    const before = (await look()).plan?.phases
      .filter(({ state }) => state === 'completed')
      .map(({ id }) => id);
    const back = ask(await look(), 'operation.rollback-to', { phase });
    expect(back.impact.leaves.at(-1)).toBe(phase);
    expect(await perform(run, back.steps)).toBeNull();
    const halfWay = await look();
    expect(halfWay.plan?.phases.find(({ id }) => id === '/masters/master-1/stepdown')?.state).toBe(
      'completed',
    );
    expect(ask(halfWay, 'operation.rollback-to', { phase }).reason).toContain('has already been rolled back');
    for (
      let step = ask(halfWay, 'operation.step');
      back.impact.leaves.includes(step.steps[0]?.phase ?? '');
    ) {
      expect(await perform(run, step.steps)).toBeNull();
      step = ask(await look(), 'operation.step');
    }
    const after = (await look()).plan?.phases
      .filter(({ state }) => state === 'completed')
      .map(({ id }) => id);
    expect(after).toEqual(expect.arrayContaining(before ?? []));
  });

  it('rolls everything back, and judge goes on from there', async () => {
    const { run, look } = simulated('plans/midway-3m2w.json');
    expect(await perform(run, ask(await look(), 'operation.rollback').steps)).toBeNull();
    const after = await look();
    expect(after.plan?.phases.filter((each) => each.leaf && each.state === 'completed')).toEqual([]);
    expect(after.status?.operation?.state).toBe('failed');
    expect(ask(after, 'operation.step').allowed).toBe(true);
  });

  it('is resumed to its end', async () => {
    const { run, look } = simulated('plans/midway-3m2w.json');
    const verdict = ask(await look(), 'operation.resume');
    expect(await perform(run, verdict.steps)).toBeNull();
    expect(ask(await look(), 'operation.resume').reason).toContain('no active operation found');
  });
});
