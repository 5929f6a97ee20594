import { expect, test } from 'vitest';
import { nothingFetched } from '../../src/model/why/asked.ts';
import { runnerOf } from '../../src/model/why/runner.ts';
import type { Cluster, Passage } from '../../src/protocol/cluster.ts';
import type { Run, Step } from '../../src/protocol/run.ts';
import { aRun, clusterWith, now, recordedPlan, withStates } from '../actions/a-cluster.ts';

const remote = '/masters/master-2/system-upgrade';
const local = '/masters/master-1/system-upgrade';
const began = '2026-11-22T11:50:00Z';

function who(leaf: string, run: Partial<Run>, passage: Partial<Passage> = {}, said: Partial<Cluster> = {}) {
  const plan = withStates(recordedPlan('plans/midway-3m2w.json'), { [leaf]: 'in_progress' });
  const step: Step = {
    program: 'gravity',
    path: '/g',
    argv: ['plan', 'execute', `--phase=${leaf}`],
    phase: leaf,
  };
  const over = {
    state: 'failed',
    finishedAt: '2026-11-22T11:55:00Z',
    exitCode: 255,
    sentence: 'exit status 1',
  } as const;
  const cluster = clusterWith(plan, {
    runs: [
      aRun({ id: 'r1', operationId: plan.operation.id, startedAt: began, steps: [step], ...over, ...run }),
    ],
    passages: { [leaf]: { attempts: 1, began, ended: null, changed: began, by: 'r1', ...passage } },
    ...said,
  });
  const phase = plan.phases.find(({ id }) => id === leaf);
  if (phase === undefined) throw new Error(`there is no ${leaf}`);
  return runnerOf({ cluster, facts: nothingFetched(now) }, phase).is;
}

test.each([
  ['here while the run of ours is on', local, { state: 'running', finishedAt: null }, {}, 'here'],
  ['gone when our own run of a local leaf is over', local, {}, {}, 'gone'],
  ['gone when the other node answered that it failed', remote, {}, {}, 'gone'],
  [
    'not known when the connection to the node broke',
    remote,
    { sentence: 'transport is closing' },
    {},
    'unseen',
  ],
  [
    'gone when our run was interrupted: its part on the other node ends with it',
    remote,
    { state: 'cancelled' },
    {},
    'gone',
  ],
  ['gone when gravity was killed by a signal', remote, { exitCode: null, signal: 'SIGKILL' }, {}, 'gone'],
  ['gone when our run of a local leaf was interrupted', local, { state: 'cancelled' }, {}, 'gone'],
  ['not known when the keeper of the run vanished', local, { state: 'lost' }, {}, 'unseen'],
  ['not known when it was none of our runs', local, {}, { by: null }, 'unseen'],
  [
    'not known when our run was refused, since somebody else was at it',
    local,
    { sentence: 'phase "/x" is in progress' },
    {},
    'unseen',
  ],
] as const)('whoever runs a leaf is %s', (_title, leaf, run, passage, is) => {
  expect(who(leaf, run, passage)).toBe(is);
});
