import { describe, expect, it } from 'vitest';
import { namesPhase, runOfPhase } from '../../src/model/operation-runs.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Run, Step } from '../../src/protocol/run.ts';
import { aRun, clusterWith, recordedPlan } from '../actions/a-cluster.ts';

const plan = recordedPlan('plans/midway-3m2w.json');
const leaf = '/masters/master-2/system-upgrade';

function step(...argv: string[]): Step {
  const phase = argv.find((word) => word.startsWith('--phase='))?.slice('--phase='.length) ?? null;
  return { program: 'gravity', path: '/g', argv, phase };
}

const own = (said: Partial<Run>) => aRun({ operationId: plan.operation.id, state: 'failed', ...said });
const single = { steps: [step('plan', 'execute', `--phase=${leaf}`)] };
const resume = { steps: [step('plan', 'resume', '--block')], action: 'operation.resume' };

function found(runs: Run[], said: Partial<Cluster> = {}): string | null {
  return runOfPhase(clusterWith(plan, { runs, ...said }), leaf)?.id ?? null;
}

describe('the run of a phase', () => {
  it('is never one of an earlier operation, whose phases had the same ids', () => {
    expect(found([own({ id: 'old', operationId: 'the-upgrade-before', ...single })])).toBeNull();
    expect(found([own({ id: 'old', operationId: null, ...single })])).toBeNull();
  });

  it('is the newest that names it', () => {
    expect(found([own({ id: 'new', ...single }), own({ id: 'old', ...single })])).toBe('new');
  });

  it('is no resume that may have ended before it came there, where another is known', () => {
    const runs = [own({ id: 'resume', ...resume }), own({ id: 'step', ...single })];
    expect(found(runs)).toBe('step');
    expect(found(runs.slice(0, 1))).toBe('resume');
  });

  it('is the resume that failed at it, by its error, its output or the last change', () => {
    const runs = (said: Partial<Run>) => [own({ id: 'resume', ...resume, ...said }), own(single)];
    expect(found(runs({ sentence: `no agent is running on node, please execute phase "${leaf}"` }))).toBe(
      'resume',
    );
    const seen = { state: 'failed', since: '2026-11-22T11:55:00Z', from: 'run', way: 'execute' } as const;
    const observed = { [leaf]: { ...seen, run: 'resume', node: 'master-2', error: null } };
    expect(found(runs({}), { observed })).toBe('resume');
    const changed = { attempts: 1, began: null, ended: null, changed: '2026-11-22T11:55:00Z' };
    expect(found(runs({}), { passages: { [leaf]: { ...changed, by: 'resume' } } })).toBe('resume');
  });

  it('is no read beside it, such as a check of its runbook', () => {
    expect(found([own({ id: 'check', lane: 'read', ...single })])).toBeNull();
  });
});

it.each([
  ['phase "/masters/master-1" failed', true],
  ['/masters/master-1: exit status 1', true],
  ['see /masters/master-1.', true],
  ['phase "/masters/master-1/drain" failed', false],
  ['phase "/masters/master-10" failed', false],
  ['phase "/masters/master-1.example.com" failed', false],
  ['/masters/master-12, then /masters/master-1', true],
])('%s names /masters/master-1: %s', (sentence, names) => {
  expect(namesPhase(sentence, '/masters/master-1')).toBe(names);
});
