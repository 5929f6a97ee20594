import { describe, expect, test } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import type { Facts } from '../../src/actions/row.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Observed } from '../../src/protocol/observed.ts';
import type { Run } from '../../src/protocol/run.ts';
import { aRun, clusterWith, noFacts, now, recordedPlan, withStates } from './a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const drain = '/nodes/worker-1/drain';
const upgrade = '/masters/master-2/system-upgrade';

/** All leaves before one completed; that one in progress, begun so many seconds ago by gravity's stamp. */
function inProgress(leaf: string, seconds: number, said: Partial<Cluster> = {}): Cluster {
  const leaves = fresh.phases.filter((phase) => phase.leaf).map(({ id }) => id);
  const done = leaves.slice(0, leaves.indexOf(leaf)).map((id) => [id, 'completed' as const]);
  const plan = withStates(fresh, { ...Object.fromEntries(done), [leaf]: 'in_progress' });
  const phases = plan.phases.map((phase) =>
    phase.id === leaf ? { ...phase, updated: ago(seconds) } : phase,
  );
  return clusterWith({ ...plan, phases }, said);
}

function stepOf(phase: string, said: Partial<Run> = {}): Run {
  const steps = [{ program: 'gravity' as const, path: '/g', argv: ['plan', 'execute'], phase }];
  return aRun({
    label: 'Step',
    action: 'operation.step',
    steps,
    startedAt: ago(4),
    operationId: fresh.operation.id,
    ...said,
  });
}

const destroying: [string, Record<string, unknown>][] = [
  ['phase.force', { phase: drain }],
  ['phase.rollback', { phase: drain }],
  ['operation.rollback-to', { phase: '/nodes/worker-1' }],
  ['operation.rollback', {}],
  ['operation.complete', {}],
  ['phase.set', { phase: drain, state: 'completed' }],
];

function ask(cluster: Cluster, action: string, args: Record<string, unknown>, facts: Partial<Facts> = {}) {
  return judge({ cluster, action, args, facts: { ...noFacts, ...facts } });
}

describe('while a run of this agent is on', () => {
  const cluster = inProgress(drain, 4, { runs: [stepOf(drain)] });

  test.each(destroying)('%s is refused: what runs, since when, for how long as a rule', (action, args) => {
    expect(ask(cluster, action, args)).toMatchObject({
      allowed: false,
      reason: `a run of this agent is on: Step by root ${drain} (running 4s, usually 1m00s)`,
      nextStep: 'wait until it ends, or interrupt it: run.interrupt',
    });
  });

  test('what waits in the queue counts as well', () => {
    const queued = { ...cluster, runs: [stepOf(drain, { state: 'queued', startedAt: null })] };
    expect(ask(queued, 'operation.complete', {}).reason).toContain('(queued)');
  });

  test('executing something else queues, and the card says so before anything else', () => {
    const verdict = ask(cluster, 'phase.execute', { phase: '/nodes/worker-2' });
    expect(verdict).toMatchObject({ allowed: true, queuesBehind: { run: 'r1', waiting: 0 } });
    expect(verdict.heads?.[0]).toMatchObject({
      code: 'queues',
      message: `QUEUES behind Step by root ${drain} (running 4s, usually 1m00s)`,
    });
  });

  test('that only reads, nothing waits and nothing is refused', () => {
    const reading = { ...inProgress(drain, 4000), runs: [aRun({ lane: 'read' })] };
    const verdict = ask(reading, 'operation.complete', {});
    expect(verdict).toMatchObject({ allowed: true, queuesBehind: null });
    expect(ask(cluster, 'agent.status', {}).heads).toEqual([]);
  });
});

describe('a phase in progress that no run of this agent executes', () => {
  const process = `/usr/bin/gravity plan execute --phase=${drain}`;

  test.each(destroying)('within its usual time refuses %s', (action, args) => {
    const verdict = ask(inProgress(drain, 8), action, args);
    expect(verdict.allowed).toBe(false);
    expect(verdict.reason).toBe(
      `${drain} is in progress (8s, usually 1m00s), started outside this agent: it may still be running`,
    );
  });

  test.each(destroying)('seen at work refuses %s, however late it is', (action, args) => {
    const verdict = ask(inProgress(drain, 4000), action, args, { gravity: [process] });
    expect(verdict).toMatchObject({ allowed: false, nextStep: 'wait until it ends: w says more' });
    expect(verdict.reason).toContain(process);
  });

  test.each(destroying)('past it lets %s through, which says first what to check', (action, args) => {
    const verdict = ask(inProgress(drain, 4000), action, args);
    expect(verdict.allowed).toBe(true);
    expect(verdict.heads?.[0]).toEqual({
      code: 'in-progress',
      message: `${drain} is in progress, no known runner (1h06m, usually 1m00s)`,
      nextStep: 'first make sure that nobody runs it: w says how',
      action: null,
    });
  });

  test('heads the card of a step elsewhere and of the autopilot too', () => {
    const cluster = inProgress(drain, 8);
    expect(ask(cluster, 'phase.execute', { phase: '/nodes/worker-2' }).heads?.[0]?.code).toBe('in-progress');
    expect(ask(cluster, 'phase.note', { phase: drain, text: 'hm' }).heads).toEqual([]);
  });

  test('is left to its repair at once where its own run is over: nobody runs a local phase then', () => {
    const by = stepOf(drain, { state: 'cancelled', finishedAt: ago(2), signal: 'SIGINT' });
    const passages = { [drain]: { attempts: 1, began: ago(8), ended: null, changed: ago(8), by: 'r1' } };
    const verdict = ask(inProgress(drain, 8, { runs: [by], passages }), 'phase.force', { phase: drain });
    expect(verdict).toMatchObject({ allowed: true, confirm: { kind: 'type', word: 'worker-1' } });
    expect(verdict.heads?.[0]?.message).toContain('no known runner');
  });

  test('may be one that the plan does not show: a gravity at work on it here names it', () => {
    const elsewhere = { gravity: ['/usr/bin/gravity plan execute --phase=/nodes/worker-2/drain'] };
    const verdict = ask(inProgress(drain, 4000), 'phase.force', { phase: drain }, elsewhere);
    expect(verdict.reason).toContain('/nodes/worker-2/drain is running');
  });

  test('may be none that is named: a gravity at work here is in the way all the same', () => {
    const resume = { gravity: ['/usr/bin/gravity plan resume --block'] };
    const verdict = ask(
      clusterWith(recordedPlan('plans/midway-3m2w.json')),
      'operation.rollback',
      {},
      resume,
    );
    expect(verdict.reason).toContain('gravity is at work on this machine, started outside this agent');
  });
});

describe('stepping a phase that runs', () => {
  test('says that it runs, who runs it, for how long of how long, and never to force it', () => {
    const pilot = { user: 'autopilot, armed by root', from: null, tty: null, console: null };
    const cluster = inProgress(upgrade, 44, { runs: [stepOf(upgrade, { by: pilot })] });
    for (const action of ['operation.step', 'phase.execute', 'phase.force']) {
      const verdict = ask(cluster, action, { phase: upgrade });
      expect(verdict.allowed).toBe(false);
      expect(`${verdict.reason} ${verdict.nextStep}`).not.toMatch(/force/);
    }
    expect(ask(cluster, 'operation.step', { phase: upgrade })).toMatchObject({
      reason: `${upgrade} is running (autopilot, 44s, usually 4m00s)`,
      nextStep: 'wait until it ends: w says more',
    });
  });

  test('says to make sure first where nobody is known to run it', () => {
    expect(ask(inProgress(upgrade, 4000), 'operation.step', { phase: upgrade })).toMatchObject({
      reason: `${upgrade} is in progress, no known runner (1h06m, usually 4m00s)`,
      nextStep: 'first make sure that nobody runs it: w says how',
    });
  });

  test('a completed phase is not advised to be forced', () => {
    const done = ask(inProgress(drain, 4), 'phase.execute', { phase: upgrade });
    expect(`${done.reason} ${done.nextStep}`).not.toMatch(/force/);
  });
});

describe('what is known beyond the plan counts before it', () => {
  const observed = (said: Partial<Observed>): Partial<Cluster> => ({
    observed: {
      [upgrade]: {
        state: 'failed',
        since: ago(20),
        from: 'run',
        run: 'r1',
        way: 'execute',
        node: 'master-2',
        error: 'exit status 255',
        ...said,
      },
    },
  });
  /** The plan of the lead, which says unstarted of what failed or runs on master-2 (recordings/nodes 04). */
  const unaware = (said: Partial<Cluster>): Cluster => {
    const { plan } = inProgress(upgrade, 0);
    return clusterWith(plan && withStates(plan, { [upgrade]: 'unstarted' }), said);
  };

  test('a rollback on a copy not reconciled since says so first, and offers to reconcile', () => {
    const at = { at: ago(300), run: 'r0' };
    const heads = (action: string, args: Record<string, unknown>) =>
      ask(unaware({ ...observed({}), reconciled: at }), action, args).heads ?? [];
    for (const [action, args] of [
      ['phase.rollback', { phase: upgrade }],
      ['operation.rollback', {}],
    ] as const)
      expect(heads(action, args)).toContainEqual(
        expect.objectContaining({
          code: 'not-reconciled',
          message: expect.stringContaining(`since when ${upgrade} ran on another node`),
          action: 'operation.reconcile',
        }),
      );
    expect(heads('operation.step', {}).map(({ code }) => code)).not.toContain('not-reconciled');
  });

  test('a phase that failed on another node is rolled back, alone and with its group', () => {
    const cluster = unaware(observed({}));
    expect(ask(cluster, 'phase.rollback', { phase: upgrade }).allowed).toBe(true);
    for (const action of ['phase.rollback', 'operation.rollback-to']) {
      const { impact, steps } = ask(cluster, action, { phase: '/masters/master-2' });
      expect(impact.leaves).toEqual([upgrade, '/masters/master-2/drain']);
      expect(steps.map(({ phase }) => phase)).toEqual(impact.leaves);
    }
    expect(ask(cluster, 'operation.rollback', {}).impact.leaves[0]).toBe(upgrade);
  });

  test('a phase that runs on another node is not stepped again', () => {
    const runs = [
      aRun({ steps: [{ program: 'gravity', path: '/g', argv: ['plan', 'resume'], phase: null }] }),
    ];
    const cluster = unaware({ ...observed({ state: 'in_progress', error: null }), runs });
    expect(ask(cluster, 'operation.step', {})).toMatchObject({
      allowed: false,
      reason: `${upgrade} is running (Execute by root, 20s, usually 4m00s)`,
    });
  });

  test('a followed log that shows it at work is somebody at work on it', () => {
    const cluster = unaware(observed({ state: 'in_progress', since: ago(4000), from: 'log', run: null }));
    expect(ask(cluster, 'operation.complete', {}).reason).toContain(`${upgrade} is running (1h06m`);
  });
});

describe('what was judged', () => {
  test('is something else once a phase it is about changed, though the same would be run', () => {
    const cluster = inProgress(drain, 4000);
    const failed = { ...cluster, plan: cluster.plan && withStates(cluster.plan, { [drain]: 'failed' }) };
    const rolled = { ...cluster, plan: cluster.plan && withStates(cluster.plan, { [drain]: 'rolled_back' }) };
    const digests = [failed, rolled].map((each) => ask(each, 'operation.step', { phase: drain }).digest);
    expect(new Set(digests).size).toBe(2);
    const closing = [failed, rolled].map((each) => ask(each, 'operation.complete', {}).digest);
    expect(new Set(closing).size).toBe(2);
  });

  test('stays what it was for what must never be held up', () => {
    const digests = [inProgress(drain, 4), inProgress(upgrade, 4)].map(
      (cluster) => ask({ ...cluster, runs: [stepOf(drain)] }, 'run.interrupt', {}).digest,
    );
    expect(new Set(digests).size).toBe(1);
  });
});
