import { describe, expect, test } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import { allLeaves } from '../../src/model/phase-tree.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import type { Run } from '../../src/protocol/run.ts';
import { aRun, clusterWith, noFacts, recordedPlan, withStates } from './a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const order = allLeaves(fresh).map(({ id }) => id);

/** The plan with every leaf up to and including `last` completed, but those said. */
function doneUpTo(last: string, but: Record<string, PhaseState> = {}): Plan {
  const done = order.slice(0, order.indexOf(last) + 1);
  return withStates(fresh, { ...Object.fromEntries(done.map((id) => [id, 'completed' as const])), ...but });
}

function ask(cluster: Cluster, action: string, args: Record<string, unknown>) {
  return judge({ cluster, action, args, facts: noFacts });
}

function backTo(plan: Plan, phase: string) {
  return ask(clusterWith(plan), 'operation.rollback-to', { phase });
}

describe('rolling back to before a phase', () => {
  const plan = doneUpTo('/masters/master-3/taint', { '/masters/master-3/drain': 'rolled_back' });

  test('rolls back the phase and all after it that ran, in reverse plan order, a command a leaf', () => {
    const { allowed, steps, impact } = backTo(plan, '/masters/master-3');
    expect(allowed).toBe(true);
    const expected = ['taint', 'health', 'elect', 'system-upgrade'].map(
      (name) => `/masters/master-3/${name}`,
    );
    expect(impact.leaves).toEqual(expected);
    expect(steps.map(({ phase }) => phase)).toEqual(expected);
    expect(steps[0]?.argv).toEqual([
      'plan',
      'rollback',
      '--phase=/masters/master-3/taint',
      `--operation-id=${plan.operation.id}`,
    ]);
    expect(impact.skips).toEqual(['/masters/master-3/drain']);
  });

  test('goes past groups: to before a leaf means everything after that leaf too', () => {
    const { impact } = backTo(plan, '/masters/master-2/untaint');
    expect(impact.leaves.at(-1)).toBe('/masters/master-2/untaint');
    expect(impact.leaves[0]).toBe('/masters/master-3/taint');
  });

  test('to before the first phase is everything that ran', () => {
    expect(backTo(plan, '/init').impact.leaves).toHaveLength(
      allLeaves(plan).filter(({ state }) => state === 'completed').length,
    );
  });

  test('asks for yes, and for the cluster where etcd goes back', () => {
    expect(backTo(plan, '/masters').confirm).toMatchObject({ kind: 'yes' });
    const past = backTo(doneUpTo('/etcd/restart/master-1'), '/masters');
    expect(past.confirm).toMatchObject({ kind: 'type', word: fresh.operation.cluster });
    expect(past.impact.irreversible).toEqual([
      'etcd goes back to its backup: what was written since is lost',
    ]);
  });

  test('includes a leaf a killed process left in progress, and says what that means', () => {
    const leaf = '/masters/master-3/uncordon';
    const { allowed, impact } = backTo(doneUpTo(leaf, { [leaf]: 'in_progress' }), '/masters/master-3');
    expect(allowed).toBe(true);
    expect(impact.leaves[0]).toBe(leaf);
    expect(impact.warnings.join()).toContain(`${leaf} is in progress: if it is in fact still running`);
  });

  test('has nothing to do where nothing from there on ran', () => {
    expect(backTo(plan, '/nodes')).toMatchObject({
      allowed: false,
      nextStep: 'there is nothing to roll back',
    });
  });

  test('does not know a phase the plan has not', () => {
    expect(backTo(plan, '/masters/').reason).toBe('phase "/masters/" not found');
  });

  test('is refused where the operation’s type rolls no phase back, in gravity’s words', () => {
    const gc = recordedPlan('plans/fresh-gc-3m2w.json');
    const done = withStates(gc, { '/registry/master-1': 'completed' });
    expect(backTo(done, '/registry').reason).toBe(
      'operation type "operation_gc" does not support plan rollback',
    );
  });
});

describe('going on with a run', () => {
  const plan = doneUpTo('/masters/master-2/untaint');
  const stopped = (said: Partial<Run>): Run =>
    aRun({
      action: 'operation.rollback-to',
      args: { phase: '/masters/master-2' },
      state: 'failed',
      operationId: plan.operation.id,
      leaves: backTo(plan, '/masters/master-2').impact.leaves,
      ...said,
    });
  const goOn = (of: Plan, said: Partial<Run> = {}) =>
    ask(clusterWith(of, { runs: [stopped(said)] }), 'run.continue', { run: 'r1' });

  test('is the same action, judged anew for what is left', () => {
    const now = doneUpTo('/masters/master-2/untaint', {
      '/masters/master-2/untaint': 'rolled_back',
      '/masters/master-2/endpoints': 'rolled_back',
      '/masters/master-2/uncordon': 'in_progress',
    });
    const verdict = goOn(now, { state: 'lost' });
    expect(verdict).toMatchObject({
      allowed: true,
      action: 'operation.rollback-to',
      args: { phase: '/masters/master-2' },
      risk: 'destroy',
    });
    expect(verdict.steps[0]?.phase).toBe('/masters/master-2/uncordon');
    expect(verdict.impact.leaves).toHaveLength(6);
    expect(verdict.digest).toBe(backTo(now, '/masters/master-2').digest);
  });

  test('asks for the word its action asks for', () => {
    const { confirm } = goOn(plan, { action: 'operation.rollback', args: {} });
    expect(confirm).toMatchObject({ kind: 'type', word: plan.operation.cluster });
  });

  const rows: { name: string; verdict: () => { reason: string | null }; says: string }[] = [
    { name: 'while it is on', verdict: () => goOn(plan, { state: 'running' }), says: 'is not over: running' },
    { name: 'when it did all', verdict: () => goOn(plan, { state: 'done' }), says: 'nothing is left of run' },
    {
      name: 'when somebody did the rest',
      verdict: () => goOn(fresh, { leaves: [], action: 'operation.rollback-to' }),
      says: 'nothing from phase',
    },
    {
      name: 'when it was of another operation',
      verdict: () => goOn(plan, { operationId: 'another' }),
      says: 'was of another operation',
    },
    {
      name: 'when its action only makes sense once',
      verdict: () => goOn(plan, { action: 'phase.force', label: 'Force' }),
      says: 'Force is not something that goes on',
    },
    {
      name: 'when there is none',
      verdict: () => ask(clusterWith(plan), 'run.continue', { run: 'r9' }),
      says: 'there is no run r9',
    },
  ];
  test.each(rows)('is refused $name', ({ verdict, says }) => {
    expect(verdict().reason).toContain(says);
  });

  test('a step goes on with its own leaf, whatever is next', () => {
    const of = doneUpTo('/checks', { '/init/master-2': 'failed', '/init/master-1': 'failed' });
    const step = { program: 'gravity' as const, path: null, argv: [], phase: '/init/master-2' };
    const verdict = goOn(of, {
      action: 'operation.step',
      args: {},
      steps: [step],
      leaves: ['/init/master-2'],
    });
    expect(verdict.steps.map(({ phase }) => phase)).toEqual(['/init/master-2']);
  });
});
