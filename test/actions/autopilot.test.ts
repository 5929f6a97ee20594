import { describe, expect, it } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import type { Facts } from '../../src/actions/row.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import {
  aBreakpoint,
  anAutopilot,
  aRun,
  clusterWith,
  noFacts,
  now,
  recordedPlan,
  withStates,
} from './a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();

function read(plan = fresh, said: Partial<Cluster> = {}): Cluster {
  const cluster = clusterWith(plan);
  const good = { state: 'good' as const, lastGood: at(1) };
  const sources = {
    ...cluster.sources,
    plan: { ...cluster.sources.plan, ...good },
    health: { ...cluster.sources.health, ...good },
  };
  const health = { state: 'running' as const, at: null, servedAt: null, summary: null, nodes: [] };
  return { ...cluster, sources, health, ...said };
}

function ask(cluster: Cluster, action: string, args: Record<string, unknown> = {}, facts: Facts = noFacts) {
  return judge({ cluster, action, args, facts });
}

const paused = { autopilot: anAutopilot({ state: 'paused', hold: 'failure' }) };
const all = Object.fromEntries(fresh.phases.map(({ id }) => [id, 'completed' as const]));
const elsewhere = { place: { node: 'master-2', ip: '192.168.1.12', by: 'option' as const } };
const changedBy = (by: string | null, secondsAgo: number) => ({
  passages: {
    '/init/master-1': { attempts: 1, began: null, ended: at(secondsAgo), changed: at(secondsAgo), by },
  },
});

describe('arming and letting go on are refused', () => {
  const rows: [string, Cluster, string][] = [
    ['away from the lead master', read(fresh, elsewhere), 'Plan must be resumed on node master-1'],
    ['without a plan', read(null as never, { plan: null }), 'the plan has not been read yet'],
    ['where every leaf is completed', read(withStates(fresh, all)), 'every leaf is completed'],
    ['beside a run', read(fresh, { runs: [aRun({ label: 'Resume' })] }), 'Resume of root is on (run r1)'],
    [
      'while a leaf is in progress',
      read(withStates(fresh, { '/init/master-1': 'in_progress' })),
      '/init/master-1 is in progress',
    ],
    [
      'just after another shell took a leaf forward',
      read(fresh, changedBy(null, 5)),
      '/init/master-1 changed just now',
    ],
    ['on an old plan', clusterWith(fresh), 'the plan could not be read since'],
    ['by an agent that may only read', read(fresh, { readOnly: true }), 'this agent is read-only'],
    ['in a replay', read(fresh, { kind: 'replay' }), 'this is a replay'],
  ];
  it.each(rows)('%s', (_title, cluster, sentence) => {
    expect(ask(cluster, 'autopilot.arm').reason).toContain(sentence);
    expect(ask({ ...cluster, ...paused }, 'autopilot.go-on').reason).toContain(sentence);
  });

  it('where the update agent of the next leaf is gone', () => {
    const facts: Facts = { ...noFacts, agents: [{ hostname: 'master-2', state: 'offline' }] };
    const cluster = read(withStates(fresh, { '/init/master-1': 'completed' }));
    expect(ask(cluster, 'autopilot.arm', {}, facts).reason).toContain('no agent is running on node master-2');
  });

  it('where the autopilot is not in the state for it', () => {
    const armed = read(fresh, { autopilot: anAutopilot() });
    expect(ask(armed, 'autopilot.arm').reason).toBe('the autopilot is armed already, armed by ann');
    expect(ask(armed, 'autopilot.go-on').reason).toBe('the autopilot goes on already');
    expect(ask(read(fresh, paused), 'autopilot.pause').reason).toBe('the autopilot is paused already');
    for (const action of ['go-on', 'pause', 'stop'])
      expect(ask(read(), `autopilot.${action}`).reason).toBe('there is no autopilot');
  });
});

describe('resuming', () => {
  it('tells what it will still stop at, and does not pass a breakpoint it was not paused at', () => {
    const breakpoints = ['phase:/init', 'phase:/checks', 'before-etcd'].map(aBreakpoint);
    const plan = withStates(fresh, { '/init/master-1': 'completed', '/init/master-2': 'completed' });
    const { impact } = ask(read(plan, { breakpoints, ...paused }), 'autopilot.go-on');
    expect(impact.warnings[0]).toBe('it stops before /checks, breakpoint: /checks would begin now');
    expect(impact.warnings.join()).toContain('breakpoints ahead: phase:/checks, before-etcd');
  });
});

describe('arming', () => {
  it('tells the leaves up to the first breakpoint, and what that is', () => {
    const cluster = read(fresh, { breakpoints: [aBreakpoint('phase:/checks'), aBreakpoint('before-etcd')] });
    const { impact } = ask(cluster, 'autopilot.arm');
    expect(impact.leaves).toHaveLength(5);
    expect(impact.warnings[0]).toBe('it stops before /checks, breakpoint: /checks would begin now');
    expect(impact.warnings.join()).toContain('breakpoints ahead: phase:/checks, before-etcd');
  });

  it('takes upon whoever confirms what is wrong already, in the words of the step that the digest is over', () => {
    const well = ask(read(), 'autopilot.arm');
    const failed = ask(read(withStates(fresh, { '/init/master-1': 'failed' })), 'autopilot.arm');
    expect(well.steps[0]?.argv).toEqual(['autopilot', 'arm']);
    expect(failed.steps[0]?.argv).toEqual(['autopilot', 'arm', '/init/master-1']);
    expect(failed.impact.warnings.join()).toContain('/init/master-1 failed: it is executed again');
    expect(failed.digest).not.toBe(well.digest);
  });

  it('needs the wheel and a yes; pausing and stopping need neither', () => {
    expect(ask(read(), 'autopilot.arm').confirm.kind).toBe('yes');
    expect(ask(read(fresh, { autopilot: anAutopilot() }), 'autopilot.stop').confirm.kind).toBe('none');
  });
});

describe('a breakpoint', () => {
  const done = withStates(fresh, { '/init/master-1': 'completed' });
  const rows: [string, Record<string, unknown>, string | null][] = [
    ['is on a phase unless said', { phase: '/etcd' }, null],
    ['on a phase needs the phase', {}, 'needs the phase'],
    ['on a phase of the plan alone', { phase: '/no/such' }, 'not found'],
    ['on no phase that is completed', { phase: '/init/master-1' }, 'is completed'],
    ['on no group that has begun', { phase: '/init' }, 'has begun'],
    ['on a probe needs how long', { on: 'probe' }, 'how long it may fail'],
    ['on a probe for no less than 10 seconds', { on: 'probe', seconds: 9 }, 'must be 10 seconds or more'],
    ['on a probe', { on: 'probe', seconds: 60 }, null],
    ['on a time needs the time', { on: 'time' }, 'needs the time'],
    ['on no time that is past', { on: 'time', at: at(60) }, 'is past'],
    ['on no text that is no time', { on: 'time', at: 'tomorrow' }, 'must be a time'],
    ['on no hour there is not', { on: 'time', at: '29:00' }, 'is no time'],
    ['on a time of day', { on: 'time', at: '14:30' }, null],
    ['after each master', { on: 'after-each-master', phase: '/etcd' }, null],
    ['before etcd', { on: 'before-etcd' }, null],
    ['on nothing else', { on: 'tuesday' }, 'must be one of'],
  ];
  it.each(rows)('%s', (_title, args, reason) => {
    const verdict = ask(read(done), 'breakpoint.set', args);
    if (reason === null) expect(verdict.reason).toBeNull();
    else expect(verdict.reason).toContain(reason);
  });

  it('says what it is in its id, a time of day as the next such instant', () => {
    const id = (args: Record<string, unknown>) => ask(read(done), 'breakpoint.set', args).steps[0]?.argv[2];
    expect(id({ phase: '/etcd' })).toBe('phase:/etcd');
    expect(id({ on: 'after-each-master', phase: '/etcd' })).toBe('after-each-master');
    expect(id({ on: 'probe', seconds: 60 })).toBe('probe:60');
    expect(id({ on: 'time', at: '14:30' })).toBe('time:2026-11-22T14:30:00.000Z');
    expect(id({ on: 'time', at: '11:30' })).toBe('time:2026-11-23T11:30:00.000Z');
  });

  it('is cleared by its id, where it is set', () => {
    const cluster = read(done, { breakpoints: [aBreakpoint('before-etcd')] });
    expect(ask(cluster, 'breakpoint.clear', { breakpoint: 'before-etcd' }).allowed).toBe(true);
    expect(ask(cluster, 'breakpoint.clear', { breakpoint: 'probe:60' }).nextStep).toBe(
      'give its id, as before-etcd',
    );
  });
});
