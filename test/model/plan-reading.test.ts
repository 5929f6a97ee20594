import { describe, expect, it } from 'vitest';
import { countLeaves } from '../../src/model/counts.ts';
import { dependentsOf } from '../../src/model/dependents.ts';
import { nextLeaf } from '../../src/model/next-leaf.ts';
import { phaseKind, phaseKinds } from '../../src/model/phase-kinds.ts';
import { allLeaves, ancestorsOf, childrenOf, indexPlan, leavesOf } from '../../src/model/phase-tree.ts';
import { unmetRequirements } from '../../src/model/requirements.ts';
import { workingStates } from '../../src/model/working-states.ts';
import { recordedPlan, withStates } from '../actions/a-cluster.ts';
import { recordings, recordingText } from '../recordings.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const index = indexPlan(fresh);

function ids(phases: readonly { id: string }[]): string[] {
  return phases.map(({ id }) => id);
}

describe('the tree of a plan', () => {
  it('has its roots and children in plan order', () => {
    expect(ids(index.roots).slice(0, 3)).toEqual(['/init', '/checks', '/pre-update']);
    expect(ids(childrenOf(index, '/nodes'))).toEqual(['/nodes/worker-1', '/nodes/worker-2']);
    expect(childrenOf(index, '/checks')).toEqual([]);
  });

  it('names the groups above a phase, innermost first', () => {
    expect(ids(ancestorsOf(index, '/masters/master-2/drain'))).toEqual(['/masters/master-2', '/masters']);
    expect(ancestorsOf(index, '/checks')).toEqual([]);
    expect(ancestorsOf(index, '/nosuch')).toEqual([]);
  });

  it('gathers the leaves below a group in plan order, and of a leaf itself', () => {
    expect(ids(leavesOf(index, '/etcd/backup'))).toEqual([
      '/etcd/backup/master-1',
      '/etcd/backup/master-2',
      '/etcd/backup/master-3',
    ]);
    expect(ids(leavesOf(index, '/checks'))).toEqual(['/checks']);
    expect(leavesOf(index, '/nosuch')).toEqual([]);
    expect(index.roots.flatMap((root) => ids(leavesOf(index, root.id)))).toEqual(ids(allLeaves(fresh)));
  });
});

describe('counting leaves', () => {
  it('counts each leaf in one state and no group', () => {
    const plan = withStates(fresh, { '/init/master-1': 'completed', '/checks': 'failed' });
    const { leaves, ...states } = countLeaves(plan.phases);
    expect(leaves).toBe(allLeaves(fresh).length);
    expect(Object.values(states).reduce((sum, count) => sum + count)).toBe(leaves);
    expect(states).toMatchObject({ completed: 1, failed: 1, in_progress: 0 });
  });
});

describe('the next leaf', () => {
  const rows: [string, Parameters<typeof withStates>[1], string | null][] = [
    ['is the first of a fresh plan', {}, '/init/master-1'],
    ['is one that failed, to be tried again', { '/init/master-1': 'failed' }, '/init/master-1'],
    ['is one that was rolled back', { '/init/master-1': 'rolled_back' }, '/init/master-1'],
    ['is one in progress', { '/init/master-1': 'in_progress' }, '/init/master-1'],
    ['comes after what completed', { '/init/master-1': 'completed' }, '/init/master-2'],
  ];
  for (const [title, states, leaf] of rows) {
    it(title, () => expect(nextLeaf(withStates(fresh, states))?.id ?? null).toBe(leaf));
  }

  it('is none when all are completed', () => {
    expect(nextLeaf(recordedPlan('plans/completed-3m2w.json'))).toBeNull();
  });
});

describe('working states', () => {
  it('carry a leaf’s change up to every group, and leave the plan alone', () => {
    const states = workingStates(index);
    for (const leaf of leavesOf(index, '/masters/master-1')) states.set(leaf.id, 'completed');
    expect(states.of('/masters/master-1')).toBe('completed');
    expect(states.of('/masters')).toBe('in_progress');
    expect(index.byId.get('/masters')?.state).toBe('unstarted');
    expect(states.of('/nosuch')).toBeNull();
  });
});

describe('requirements', () => {
  it('come innermost first, then from the groups above (recordings engine/01)', () => {
    expect(unmetRequirements(index, '/masters/master-1/drain')).toEqual([
      '/masters/master-1/stepdown',
      '/coredns',
    ]);
    expect(unmetRequirements(index, '/masters/master-2/drain')).toEqual(['/masters/master-1', '/coredns']);
    expect(unmetRequirements(index, '/etcd/backup/master-1')).toEqual([]);
  });
});

describe('dependents', () => {
  it('are listed in gravity’s order, groups as groups (recording story/15)', () => {
    const drained = leavesOf(index, '/masters/master-1').map((leaf) => [leaf.id, 'completed'] as const);
    const plan = withStates(fresh, Object.fromEntries([...drained, ['/masters/master-2/drain', 'failed']]));
    const recorded = recordingText('story/15-rollback-drain-dependents.stderr')
      .split('\n')
      .flatMap((line) => /^\t(\/\S+)$/.exec(line)?.[1] ?? []);
    expect(dependentsOf(indexPlan(plan), '/masters/master-1/drain')).toEqual(recorded);
  });

  it('leave out what is unstarted, and still find what requires it', () => {
    const plan = withStates(fresh, { '/init/master-1': 'completed', '/coredns': 'completed' });
    expect(dependentsOf(indexPlan(plan), '/init/master-1')).toEqual(['/coredns']);
  });
});

describe('the table of phase kinds', () => {
  const plans = recordings('plans').filter((name) => name.endsWith('.json'));
  const kinds = new Set(
    plans.flatMap((name) => recordedPlan(name).phases.flatMap(({ leaf, kind }) => (leaf ? [kind] : []))),
  );

  it('has a row for every kind of leaf that was ever recorded', () => {
    expect([...kinds].filter((kind) => !Object.hasOwn(phaseKinds, kind))).toEqual([]);
  });

  it('takes no longer usually than at worst, nor at worst than gravity allows', () => {
    const wrong = Object.entries(phaseKinds).filter(([, { p50, p90, limit }]) => p50 > p90 || p90 > limit);
    expect(wrong).toEqual([]);
  });

  it('claims nothing of a kind it does not know', () => {
    expect(phaseKind('from-the-future')).toMatchObject({ dark: null, etcd: null, undoes: null });
    expect(phaseKind('constructor')).toMatchObject({ dark: null });
  });
});
