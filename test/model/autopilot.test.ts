import { describe, expect, it } from 'vitest';
import { decide } from '../../src/model/autopilot/decide.ts';
import { passedWhenArmed, passedWhenLetOn } from '../../src/model/autopilot/passed.ts';
import { wayAhead } from '../../src/model/autopilot/way-ahead.ts';
import type { Autopilot } from '../../src/protocol/autopilot.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Probe } from '../../src/protocol/health.ts';
import type { Phase, PhaseState } from '../../src/protocol/phase.ts';
import type { Run } from '../../src/protocol/run.ts';
import type { SourceState } from '../../src/protocol/source.ts';
import {
  aBreakpoint,
  anAutopilot,
  aRun,
  clusterWith,
  now,
  recordedPlan,
  withStates,
} from '../actions/a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const leaves = fresh.phases.filter(({ leaf }) => leaf).map(({ id }) => id);
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();
const pilot = { user: 'autopilot, armed by ann', from: null, tty: null, console: null };
const bob = { user: 'bob', from: null, tty: null, console: 'console-2' };

/** All leaves before this one are completed. */
function upTo(next: string, states: Record<string, PhaseState> = {}) {
  const done = leaves.slice(0, leaves.indexOf(next)).map((id) => [id, 'completed'] as const);
  return withStates(fresh, { ...Object.fromEntries(done), ...states });
}

type Failing = Record<string, string[] | null>;
function health(failing: Failing): Cluster['health'] {
  const nodes = fresh.servers.map(({ hostname, ip }) => {
    const failed = failing[hostname];
    const probes = (failed ?? []).map(
      (checker): Probe => ({ checker, state: 'failed', severity: null, text: '' }),
    );
    const state = failed === null ? 'offline' : probes.length > 0 ? 'degraded' : 'healthy';
    return { name: hostname, ip, role: null, member: null, state, probes } as const;
  });
  return { state: 'running', at: null, servedAt: null, summary: null, nodes: [...nodes] };
}

type Said = {
  next?: string;
  states?: Record<string, PhaseState>;
  armed?: Partial<Autopilot>;
  breakpoints?: string[];
  runs?: Run[];
  failing?: Failing;
  planSource?: Partial<SourceState>;
  more?: Partial<Cluster>;
};

function flying({
  next = '/checks',
  states,
  armed,
  breakpoints = [],
  runs = [],
  failing = {},
  planSource,
  more,
}: Said) {
  const cluster = clusterWith(upTo(next, states));
  const good = { state: 'good' as const, lastGood: at(1) };
  return {
    ...cluster,
    autopilot: anAutopilot({ since: at(600), ...armed }),
    breakpoints: breakpoints.map(aBreakpoint),
    runs,
    health: health(failing),
    sources: {
      ...cluster.sources,
      plan: { ...cluster.sources.plan, ...good, ...planSource },
      health: { ...cluster.sources.health, ...good },
    },
    ...more,
  } satisfies Cluster;
}

function ownRun(phase: string, said: Partial<Run> = {}): Run {
  const step = {
    program: 'gravity' as const,
    path: '/g',
    argv: ['plan', 'execute', `--phase=${phase}`],
    phase,
  };
  const times = { queuedAt: at(60), startedAt: at(60), finishedAt: said.state === 'running' ? null : at(30) };
  return aRun({
    id: 'own',
    action: 'operation.step',
    label: 'Step',
    by: pilot,
    steps: [step],
    state: 'done',
    ...times,
    ...said,
  });
}

const passage = (changed: number, by?: string | null) => ({
  attempts: 1,
  began: at(changed),
  ended: at(changed),
  changed: at(changed),
  ...(by !== undefined && { by }),
});

describe('what the autopilot does', () => {
  const rows: [string, Said, object][] = [
    ['steps the next leaf in plan order', {}, { do: 'step', phase: '/checks' }],
    [
      'steps on after a leaf that ended well',
      { runs: [ownRun('/init/worker-2')] },
      { do: 'step', phase: '/checks' },
    ],
    [
      'steps a leaf that was rolled back before',
      { states: { '/checks': 'rolled_back' } },
      { do: 'step', phase: '/checks' },
    ],
    [
      'waits for its own step',
      { runs: [ownRun('/checks', { state: 'running' })] },
      { do: 'wait', sentence: 'executes /checks' },
    ],
    ['ends with the operation', { more: { status: { ...statusOf('completed') } } }, { do: 'end' }],
    ['ends where the plan is of another operation', { armed: { operation: 'another' } }, { do: 'end' }],
    [
      'holds where its step failed',
      {
        runs: [ownRun('/checks', { state: 'failed', sentence: 'disk space' })],
        states: { '/checks': 'failed' },
      },
      { hold: 'failure', phase: '/checks', sentence: '/checks failed: disk space' },
    ],
    [
      'names the phase that failed once, where gravity’s sentence begins with it',
      {
        runs: [ownRun('/checks', { state: 'failed', sentence: '/checks: disk space' })],
        states: { '/checks': 'failed' },
      },
      { hold: 'failure', phase: '/checks', sentence: '/checks failed: disk space' },
    ],
    [
      'holds where its step was lost',
      { runs: [ownRun('/checks', { state: 'lost', sentence: 'keeper vanished' })] },
      { hold: 'failure' },
    ],
    [
      'holds where its step cannot be told',
      { runs: [ownRun('/checks', { state: 'unknown' })] },
      { hold: 'failure' },
    ],
    [
      'steps once more what was never begun, since its agent ended before',
      { runs: [ownRun('/checks', { state: 'cancelled', startedAt: null })] },
      { do: 'step', phase: '/checks' },
    ],
    [
      'holds where somebody took its step out of the queue',
      { runs: [ownRun('/checks', { state: 'cancelled', startedAt: null, interruptedBy: bob })] },
      { hold: 'operator' },
    ],
    [
      'holds where its step ended early for no reason told',
      { runs: [ownRun('/checks', { state: 'cancelled' })] },
      { hold: 'refused' },
    ],
    [
      'holds where somebody interrupted its step',
      { runs: [ownRun('/checks', { state: 'cancelled', interruptedBy: bob })] },
      { hold: 'operator', sentence: 'bob interrupted /checks' },
    ],
    [
      'holds when it pauses and its step is over',
      { armed: { state: 'pausing', sentence: 'paused by bob' } },
      { hold: 'operator', sentence: 'paused by bob' },
    ],
    [
      'pauses only after its step',
      { armed: { state: 'pausing' }, runs: [ownRun('/checks', { state: 'running' })] },
      { do: 'wait' },
    ],
    [
      'waits for the first reading of an agent’s life',
      { planSource: { state: 'never' } },
      { do: 'wait', sentence: 'waits for the first reading of the plan' },
    ],
    ['waits while the plan cannot be read', { planSource: { state: 'failing' } }, { do: 'wait' }],
    ['waits while the plan is old', { planSource: { lastGood: at(200) } }, { do: 'wait' }],
    [
      'waits for a reading after its step',
      { runs: [ownRun('/init/worker-2')], planSource: { lastGood: at(31) } },
      { do: 'wait', phase: '/init/worker-2' },
    ],
    [
      'waits for the plan to tell what its step did, and steps it not twice',
      { runs: [ownRun('/checks')] },
      { do: 'wait', sentence: 'waits for the plan to say that /checks is completed' },
    ],
    [
      'holds where the plan does not tell it',
      { runs: [ownRun('/checks', { finishedAt: at(90), queuedAt: at(95) })] },
      { hold: 'failure' },
    ],
    [
      'holds where somebody took the wheel',
      { more: { wheel: { holder: bob, since: at(1), reason: null } } },
      { hold: 'operator' },
    ],
    [
      'flies on with the wheel in its own hands',
      { more: { wheel: { holder: pilot, since: at(1), reason: null } } },
      { do: 'step' },
    ],
    [
      'waits for a run that was on before',
      { runs: [aRun({ id: 'r9', by: bob, queuedAt: at(900) })] },
      { do: 'wait' },
    ],
    [
      'holds where an operator ran something since',
      { runs: [aRun({ by: bob, state: 'done', finishedAt: at(5), queuedAt: at(9) })] },
      { hold: 'operator' },
    ],
    [
      'holds where the plan is resumed',
      { runs: [aRun({ action: 'operation.resume', by: bob, queuedAt: at(9) })] },
      { hold: 'elsewhere' },
    ],
    [
      'takes no notice of a run that was never begun',
      { runs: [aRun({ by: bob, state: 'cancelled', startedAt: null, queuedAt: at(9) })] },
      { do: 'step' },
    ],
    [
      'holds where a leaf is in progress in another shell',
      { states: { '/etcd/backup/master-1': 'in_progress' } },
      { hold: 'elsewhere', phase: '/etcd/backup/master-1' },
    ],
    [
      'holds where another shell completed a leaf',
      { more: { passages: { '/init/worker-2': passage(20, null) } } },
      { hold: 'elsewhere', phase: '/init/worker-2' },
    ],
    [
      'holds where a leaf changed while nobody watched',
      { more: { passages: { '/init/worker-2': passage(20) } } },
      { hold: 'elsewhere' },
    ],
    [
      'knows what was done before it was armed',
      { more: { passages: { '/init/worker-2': passage(700, null) } } },
      { do: 'step' },
    ],
    [
      'takes its own leaf for its own, however late that is seen',
      { runs: [ownRun('/init/worker-2')], more: { passages: { '/init/worker-2': passage(20, null) } } },
      { do: 'step' },
    ],
    [
      'holds where its own leaf was rolled back',
      {
        next: '/checks',
        states: { '/init/worker-2': 'rolled_back' },
        runs: [ownRun('/init/worker-2')],
        more: { passages: { '/init/worker-2': passage(20, null) } },
      },
      { hold: 'elsewhere' },
    ],
    [
      'holds at a failure anywhere in the plan',
      { states: { '/gc/worker-1': 'failed' } },
      { hold: 'failure', phase: '/gc/worker-1' },
    ],
    [
      'executes a failed leaf that was confirmed',
      { states: { '/checks': 'failed' }, armed: { accepted: ['/checks'] } },
      { do: 'step', phase: '/checks' },
    ],
    [
      'asks to complete the operation as its last',
      { next: 'nothing', states: Object.fromEntries(leaves.map((id) => [id, 'completed'])) },
      { hold: 'last' },
    ],
    [
      'holds at once where a node is silent',
      { failing: { 'worker-1': null } },
      { hold: 'outage', breakpoint: null },
    ],
    [
      'holds at once where etcd has lost its quorum',
      { failing: { 'master-2': ['etcd-healthz'], 'master-3': ['etcd-healthz'] } },
      { hold: 'outage' },
    ],
    [
      'waits for a probe that has just failed',
      { failing: { 'worker-1': ['docker'] } },
      { do: 'wait', sentence: 'waits for docker on worker-1, 120 s at most' },
    ],
    ['waits for one of three members of etcd', { failing: { 'master-2': ['etcd-healthz'] } }, { do: 'wait' }],
    [
      'holds past its patience',
      {
        failing: { 'worker-1': ['docker'] },
        armed: { wrong: [{ what: 'worker-1 docker', since: at(121) }] },
      },
      { hold: 'outage', breakpoint: null },
    ],
    [
      'holds past what the breakpoint on probes says',
      {
        failing: { 'worker-1': ['docker'] },
        breakpoints: ['probe:60'],
        armed: { wrong: [{ what: 'worker-1 docker', since: at(61) }] },
      },
      { hold: 'outage', breakpoint: 'probe:60' },
    ],
    [
      'goes on past what was accepted',
      { failing: { 'worker-1': null }, armed: { accepted: ['worker-1'] } },
      { do: 'step' },
    ],
    [
      'gives a node whose planet it has just replaced its time',
      {
        next: '/masters/master-2/elect',
        failing: { 'master-2': null },
        runs: [ownRun('/masters/master-2/system-upgrade')],
      },
      { do: 'wait' },
    ],
    [
      'gives it that time also three phases later',
      {
        next: '/masters/master-2/uncordon',
        failing: { 'master-2': null },
        runs: [
          ownRun('/masters/master-2/taint', { queuedAt: at(10), startedAt: at(10), finishedAt: at(5) }),
          ownRun('/masters/master-2/system-upgrade', { id: 'before' }),
        ],
      },
      { do: 'wait' },
    ],
    [
      'gives it no more than that',
      {
        next: '/masters/master-2/uncordon',
        failing: { 'master-2': null },
        runs: [
          ownRun('/masters/master-2/system-upgrade', {
            queuedAt: at(500),
            startedAt: at(500),
            finishedAt: at(300),
          }),
        ],
      },
      { hold: 'outage' },
    ],
    [
      'gives no other node that time',
      {
        next: '/masters/master-2/elect',
        failing: { 'master-3': null },
        runs: [ownRun('/masters/master-2/system-upgrade')],
      },
      { hold: 'outage' },
    ],
    [
      'goes on through what the plan itself has stopped',
      { next: '/etcd/upgrade/master-1', failing: allMasters(['etcd-healthz', 'kube-apiserver']) },
      { do: 'step', phase: '/etcd/upgrade/master-1' },
    ],
    [
      'goes on through nothing else meanwhile',
      { next: '/etcd/upgrade/master-1', failing: { 'worker-1': null } },
      { hold: 'outage' },
    ],
    ['waits where health is no longer read', { more: { health: null } }, { do: 'wait' }],
    [
      'holds before a leaf with a breakpoint',
      { breakpoints: ['phase:/checks'] },
      { hold: 'breakpoint', breakpoint: 'phase:/checks' },
    ],
    [
      'holds before the first leaf of a group with one',
      { next: '/bootstrap/master-1', breakpoints: ['phase:/bootstrap'] },
      { hold: 'breakpoint' },
    ],
    [
      'holds not within that group',
      { next: '/bootstrap/master-2', breakpoints: ['phase:/bootstrap'] },
      { do: 'step' },
    ],
    [
      'holds not where it was let past',
      { breakpoints: ['phase:/checks'], armed: { passed: ['phase:/checks /checks'] } },
      { do: 'step' },
    ],
    [
      'holds after each master',
      { next: '/masters/master-2/drain', breakpoints: ['after-each-master'] },
      { hold: 'breakpoint' },
    ],
    [
      'holds after the last master too',
      { next: '/nodes/worker-1/drain', breakpoints: ['after-each-master'] },
      { hold: 'breakpoint' },
    ],
    [
      'holds not within a master',
      { next: '/masters/master-2/elect', breakpoints: ['after-each-master'] },
      { do: 'step' },
    ],
    [
      'holds before etcd',
      { next: '/etcd/backup/master-1', breakpoints: ['before-etcd'] },
      { hold: 'breakpoint' },
    ],
    [
      'holds not within etcd',
      { next: '/etcd/backup/master-2', breakpoints: ['before-etcd'] },
      { do: 'step' },
    ],
    ['holds when a time has come', { breakpoints: [`time:${at(1)}`] }, { hold: 'breakpoint' }],
    ['flies until then', { breakpoints: [`time:${at(-60)}`] }, { do: 'step' }],
  ];
  it.each(rows)('%s', (_title, said, decision) => {
    expect(decide(flying(said), now)).toMatchObject(decision);
  });

  it('says each in a sentence that holds no running number', () => {
    for (const [, said] of rows) {
      const one = decide(flying(said), now);
      const later = decide(flying(said), now + 1000);
      expect(one.sentence).not.toBe('');
      if (one.do === later.do) expect(later.sentence).toBe(one.sentence);
    }
  });
});

describe('the way ahead', () => {
  it('is every leaf up to the first breakpoint', () => {
    const cluster = flying({ next: '/checks', breakpoints: ['before-etcd', 'phase:/coredns'] });
    const { leaves: ahead, stop } = wayAhead(cluster, [], now);
    expect(ahead).toEqual(leaves.slice(leaves.indexOf('/checks'), leaves.indexOf('/coredns')));
    expect(stop).toMatchObject({ before: '/coredns', breakpoint: { id: 'phase:/coredns' } });
  });

  it('is the rest of the plan where there is none', () => {
    expect(wayAhead(flying({}), [], now)).toEqual({
      leaves: leaves.slice(leaves.indexOf('/checks')),
      stop: null,
    });
  });

  it('knows every hop of a plan of several', () => {
    const hop = (name: string) =>
      fresh.phases.map((phase) => ({
        ...phase,
        id: `/${name}${phase.id}`,
        parent: phase.parent === null ? `/${name}` : `/${name}${phase.parent}`,
      }));
    const group = (id: string) => ({ ...fresh.phases[0], id, parent: null, leaf: false }) as Phase;
    const phases = [group('/6.1.49'), ...hop('6.1.49'), group('/target'), ...hop('target')];
    const cluster = clusterWith(
      { ...fresh, phases },
      { breakpoints: ['before-etcd', 'after-each-master'].map(aBreakpoint) },
    );
    const passed: string[] = [];
    const stops: (string | undefined)[] = [];
    for (let count = 0; count < 8; count += 1) {
      const { stop } = wayAhead(cluster, passed, now);
      stops.push(stop?.before);
      passed.push(stop?.key ?? '');
    }
    expect(stops).toEqual(
      ['6.1.49', 'target'].flatMap((name) => [
        `/${name}/masters/master-2/drain`,
        `/${name}/masters/master-3/drain`,
        `/${name}/nodes/worker-1/drain`,
        `/${name}/etcd/backup/master-1`,
      ]),
    );
  });
});

describe('what is passed', () => {
  const set = { breakpoints: ['after-each-master', 'phase:/masters/master-2'] };
  it('is, newly armed, a master done before, and no phase to come', () => {
    expect(passedWhenArmed(flying({ next: '/masters/master-2/drain', ...set }), now)).toEqual([
      'after-each-master /masters/master-1',
    ]);
  });

  const pausedAt = (breakpoint: string, phase: string) =>
    anAutopilot({ state: 'paused', hold: 'breakpoint', breakpoint, phase });

  it('is, resumed, the breakpoint it is paused at, and no other', () => {
    const cluster = flying({ next: '/masters/master-2/drain', ...set });
    const pilot = pausedAt('after-each-master', '/masters/master-2/drain');
    const passed = passedWhenLetOn(cluster, pilot, now);
    expect(passed).toEqual(['after-each-master /masters/master-1']);
    expect(decide({ ...cluster, autopilot: anAutopilot({ since: at(600), passed }) }, now)).toMatchObject({
      do: 'hold',
      breakpoint: 'phase:/masters/master-2',
    });
  });

  it.each(['failure', 'outage', 'elsewhere', 'refused', 'operator'] as const)(
    'is no breakpoint that it never paused at, resumed after a pause for: %s',
    (hold) => {
      const cluster = flying({ next: '/masters/master-2/drain', breakpoints: ['phase:/masters/master-2'] });
      const pilot = anAutopilot({ state: 'paused', hold, phase: '/masters/master-1/untaint' });
      expect(passedWhenLetOn(cluster, pilot, now)).toEqual([]);
    },
  );

  it('is not the next place of the breakpoint it is paused at, where somebody went on by hand', () => {
    const cluster = flying({ next: '/masters/master-3/drain', ...set });
    expect(passedWhenLetOn(cluster, pausedAt('after-each-master', '/masters/master-2/drain'), now)).toEqual(
      [],
    );
  });

  it('is no more what a rollback has put ahead again', () => {
    const before = flying({ next: '/masters/master-1/drain', ...set });
    const passed = ['after-each-master /masters/master-1', 'phase:/masters/master-2 /masters/master-2'];
    expect(passedWhenLetOn(before, anAutopilot({ passed }), now)).toEqual([]);
  });
});

function allMasters(checkers: string[]): Failing {
  return { 'master-1': checkers, 'master-2': checkers, 'master-3': checkers, 'worker-1': ['etcd-healthz'] };
}

function statusOf(state: string): NonNullable<Cluster['status']> {
  const { id, type } = fresh.operation;
  return {
    cluster: 'test',
    state: 'active',
    reason: null,
    activeOperations: [{ id: id ?? '', type: type ?? '', state, description: null, created: null }],
    operation: null,
    nodes: [],
    alerts: [],
  } as unknown as NonNullable<Cluster['status']>;
}
