import { describe, expect, test } from 'vitest';
import { changes } from '../../../src/console/linear/changes.ts';
import type { Scene } from '../../../src/console/scene.ts';
import type { Cluster } from '../../../src/protocol/cluster.ts';
import type { Phase } from '../../../src/protocol/phase.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf } from '../a-scene.ts';

const cluster = clusterOf(recordedPlan('failed-3m2w'));
const before = sceneOf(cluster);

function after(part: Partial<Cluster>): Scene {
  return sceneOf({ ...cluster, ...part });
}

function withPhase(id: string, change: Partial<Phase>): Partial<Cluster> {
  const { plan } = cluster;
  if (plan === null) throw new Error('a recorded plan was read');
  return {
    plan: {
      ...plan,
      phases: plan.phases.map((phase) => (phase.id === id ? { ...phase, ...change } : phase)),
    },
  };
}

const drain = '/masters/master-2/drain';
const at = new Date(now).toISOString();
const { plan: source } = cluster.sources;
const holder = { user: 'ops', from: 'laptop', tty: null, console: 'theirs' };
const healthy = {
  name: 'master-1',
  ip: '192.168.1.11',
  role: 'master',
  state: 'healthy',
  probes: [],
} as const;

describe('each change is one line, in words', () => {
  const rows: readonly [string, Partial<Cluster>, readonly string[]][] = [
    ['a phase that is done', withPhase(drain, { state: 'completed' }), [`phase ${drain} completed`]],
    [
      'a phase that failed, with its error on the same line',
      withPhase('/masters/master-2/elect', { state: 'failed', error: 'no leader\nwas elected' }),
      ['phase /masters/master-2/elect failed: no leader was elected'],
    ],
    [
      'a phase that failed again for another reason',
      withPhase(drain, { error: 'another' }),
      [`phase ${drain} failed again: another`],
    ],
    [
      'a phase that is rolled back',
      withPhase('/init/master-1', { state: 'rolled_back' }),
      ['phase /init/master-1 rolled back'],
    ],
    [
      'a run that begins',
      { runs: [aRun()] },
      [expect.stringMatching(/^run Execute .*running, by root$/) as unknown as string],
    ],
    ['somebody who takes the wheel', { wheel: { holder, since: at, reason: null } }, ['ops@laptop drives']],
    [
      'a source that fails',
      {
        sources: {
          ...cluster.sources,
          plan: {
            ...source,
            state: 'failing',
            problem: { code: 'gravity.locked', sentence: 'The database is locked.', nextStep: 'wait' },
          },
        },
      },
      ['plan cannot be read: The database is locked.'],
    ],
    ['what only dates what is known', { passages: {} }, []],
  ];
  for (const [what, part, lines] of rows)
    test(what, () => {
      expect(changes(before, after(part))).toEqual(lines);
    });

  test('a node that degrades, with what is wrong and that nothing explains it', () => {
    const health = (state: 'healthy' | 'degraded') => ({
      schema: 1 as const,
      state,
      summary: null,
      at,
      servedAt: at,
      nodes: [
        {
          ...healthy,
          state,
          probes:
            state === 'healthy'
              ? []
              : [
                  {
                    checker: 'docker',
                    state: 'failed' as const,
                    severity: 'critical' as const,
                    text: 'down',
                  },
                ],
        },
      ],
    });
    const was = sceneOf({ ...cluster, health: health('healthy') as unknown as Cluster['health'] });
    const is = sceneOf({ ...cluster, health: health('degraded') as unknown as Cluster['health'] });
    const lines = changes(was, is);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^node master-1 degraded: docker: down \(UNEXPECTED\)$/);
  });

  test('an agent that falls silent, and is heard again', () => {
    const lost: Scene = {
      ...before,
      connection: { state: 'lost', heard: now, problem: 'the socket was closed' },
    };
    expect(changes(before, lost)).toEqual(['the agent is silent: the socket was closed']);
    expect(changes(lost, before)).toEqual(['the agent is heard']);
  });

  test('time that goes by is no change', () => {
    expect(changes(before, { ...before, now: now + 60_000 })).toEqual([]);
  });

  test('an end that moves is no change', () => {
    const end = { low: 0, mid: 60_000, high: 120_000 };
    expect(changes(before, { ...before, timing: { ...before.timing, end } })).toEqual([]);
  });

  test('a leaf that gets past its p90 is one, once', () => {
    const running = sceneOf({ ...cluster, ...withPhase(drain, { state: 'in_progress' }) });
    const leaf = () => ({ p50: 62_000, p90: 100_000, from: 'defaults' as const, seen: [] });
    const at = (isLate: boolean) => ({
      ...running,
      timing: { ...running.timing, leaf, isLate: () => isLate },
    });
    expect(changes(at(false), at(true))).toEqual([`phase ${drain} is past its usual 1m40s`]);
    expect(changes(at(true), at(true))).toEqual([]);
  });
});
