import { describe, expect, it } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Operation } from '../../src/protocol/operation.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import type { Status } from '../../src/protocol/status.ts';
import { aRun, clusterWith, noFacts, now, recordedPlan, withStates } from './a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const midway = recordedPlan('plans/midway-3m2w.json');
const completed = recordedPlan('plans/completed-3m2w.json');
const gc = recordedPlan('plans/fresh-gc-3m2w.json');

function ask(cluster: Cluster, action: string, args: Record<string, unknown> = {}) {
  return judge({ cluster, action, args, facts: noFacts });
}

function statusWith(operation: Partial<Operation>): Status {
  const whole = {
    type: 'operation_update',
    state: 'completed',
    description: '',
    created: null,
    progress: null,
  };
  return {
    cluster: 'demo.example.com',
    state: 'active',
    reason: null,
    image: null,
    cloudProvider: null,
    clientVersion: null,
    serverVersion: null,
    systemStatus: 'running',
    operation: { id: 'none', ...whole, ...operation },
    activeOperations: [],
    endpoints: { authGateway: [], ui: [] },
    nodes: null,
    alerts: null,
    localChecks: [],
  };
}

describe('what a verdict says', () => {
  it('gives the literal command with the driving binary and the operation named', () => {
    const verdict = ask(clusterWith(fresh), 'phase.execute', { phase: '/init' });
    expect(verdict.commands).toEqual([
      '/opt/image/gravity plan execute --phase=/init --operation-id=5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
    ]);
    expect(verdict.impact.leaves).toEqual([
      '/init/master-1',
      '/init/master-2',
      '/init/master-3',
      '/init/worker-1',
      '/init/worker-2',
    ]);
  });

  it('quotes words a shell would break, for the eye only', () => {
    const plan = { ...fresh, operation: { ...fresh.operation, id: "it's $HOME" } };
    const verdict = ask(clusterWith(plan), 'operation.complete');
    expect(verdict.commands[0]).toContain(`'--operation-id=it'\\''s $HOME'`);
    expect(verdict.steps[0]?.argv).toContain("--operation-id=it's $HOME");
  });

  it('steps the next leaf, or the selected one', () => {
    expect(ask(clusterWith(fresh), 'operation.step').steps[0]?.phase).toBe('/init/master-1');
    const selected = ask(clusterWith(fresh), 'operation.step', { phase: '/init/worker-1' });
    expect(selected.steps[0]?.phase).toBe('/init/worker-1');
  });

  it('rolls a group back as its leaves in reverse, skipping what did not run', () => {
    const plan = withStates(fresh, {
      '/init/master-1': 'completed',
      '/init/master-2': 'rolled_back',
      '/init/master-3': 'failed',
    });
    const verdict = ask(clusterWith(plan), 'phase.rollback', { phase: '/init' });
    expect(verdict.steps.map((step) => step.phase)).toEqual(['/init/master-3', '/init/master-1']);
    expect(verdict.impact.skips).toEqual(['/init/master-2', '/init/worker-1', '/init/worker-2']);
    expect(verdict.commands.join('\n')).not.toContain('--force');
  });

  it('tells on which node a phase runs where it is about another', () => {
    const plan = withStates(midway, {});
    const verdict = ask(clusterWith(plan), 'phase.execute', { phase: '/masters/master-2/drain' });
    expect(verdict.impact).toMatchObject({
      about: 'master-2',
      runsOn: 'master-1',
      podsAsked: true,
      pods: null,
    });
  });

  it('resumes through gravity’s own unit where there is systemd, under the keeper elsewhere', () => {
    const unit = ask(clusterWith(fresh, { units: 'systemd' }), 'operation.resume').steps[0];
    expect(unit).toMatchObject({ unit: 'gravity-resume.service' });
    expect(unit?.argv).not.toContain('--block');
    const block = ask(clusterWith(fresh, { units: 'none' }), 'operation.resume').steps[0];
    expect(block?.argv).toContain('--block');
    expect(block).not.toHaveProperty('unit');
    const collection = ask(clusterWith(gc, { units: 'systemd' }), 'operation.resume').steps[0];
    expect(collection?.argv).toContain('--block');
  });

  it('has the same digest for the same question, and another one when the answer changed', () => {
    const before = ask(clusterWith(fresh), 'operation.step');
    expect(ask(clusterWith(fresh), 'operation.step').digest).toBe(before.digest);
    const moved = clusterWith(withStates(fresh, { '/init/master-1': 'completed' }));
    expect(ask(moved, 'operation.step').digest).not.toBe(before.digest);
  });

  it('does not tell of another digest when only time went by', () => {
    const question = { cluster: clusterWith(fresh), action: 'operation.step', args: {} };
    const early = judge({ ...question, facts: noFacts });
    const late = judge({ ...question, facts: { ...noFacts, now: now + 60_000 } });
    expect(late.digest).toBe(early.digest);
  });
});

describe('the word that must be typed', () => {
  const etcd: Record<string, PhaseState> = { '/etcd/upgrade/master-2': 'completed' };
  const rows: [string, string, Record<string, unknown>, string | null][] = [
    ['is the node a forced phase is about', 'phase.force', { phase: '/masters/master-2/drain' }, 'master-2'],
    ['is the phase’s last name where it has no node', 'phase.force', { phase: '/pre-update' }, 'pre-update'],
    ['is the node of a set phase', 'phase.set', { phase: '/init/worker-1', state: 'failed' }, 'worker-1'],
    ['is the cluster to complete', 'operation.complete', {}, 'demo.example.com'],
    ['is the cluster to roll all back', 'operation.rollback', {}, 'demo.example.com'],
    ['is the cluster to reset its state', 'cluster.status-reset', {}, 'demo.example.com'],
    [
      'is the cluster to roll etcd back',
      'phase.rollback',
      { phase: '/etcd/upgrade/master-2' },
      'demo.example.com',
    ],
    ['is the cluster for a group past etcd', 'phase.rollback', { phase: '/etcd' }, 'demo.example.com'],
    ['is none for an ordinary rollback', 'phase.rollback', { phase: '/init/master-1' }, null],
  ];
  for (const [title, action, args, word] of rows) {
    it(title, () => {
      const cluster = clusterWith(withStates(fresh, { ...etcd, '/init/master-1': 'completed' }));
      expect(ask(cluster, action, args).confirm.word).toBe(word);
    });
  }
});

describe('what judge refuses before gravity would', () => {
  const id = fresh.operation.id ?? '';
  const closed = { status: statusWith({ id, state: 'completed' }) };
  const offline: Cluster['agents'] = [
    { hostname: 'worker-1', ip: '192.168.1.101', state: 'offline', version: null },
  ];
  const good = { ...clusterWith(fresh).sources.agents, state: 'good' as const };
  const elsewhere = { place: { node: 'master-2', ip: '192.168.1.12', by: 'interface' as const } };
  const wrongBinary = {
    binaries: clusterWith(fresh).binaries.map((each) => ({ ...each, version: '6.1.45' })),
  };
  const inProgress = withStates(fresh, { '/init/master-1': 'completed', '/init/worker-1': 'in_progress' });
  const rows: [string, Cluster, string, Record<string, unknown>, string][] = [
    ['a step without a plan', clusterWith(null), 'operation.step', {}, 'the plan has not been read yet'],
    [
      'anything of a completed operation',
      clusterWith(completed, closed),
      'operation.resume',
      {},
      'no active operation found',
    ],
    [
      'completing a completed operation',
      clusterWith(completed, closed),
      'operation.complete',
      {},
      'no active operation found',
    ],
    [
      'completing where there is no operation',
      clusterWith(null),
      'operation.complete',
      {},
      'no active operation found',
    ],
    [
      'a set of a completed operation',
      clusterWith(completed, closed),
      'phase.set',
      { phase: '/checks', state: 'failed' },
      'no active operation found',
    ],
    [
      'resuming elsewhere than on the lead',
      clusterWith(fresh, elsewhere),
      'operation.resume',
      {},
      'Plan must be resumed on node master-1/192.168.1.11',
    ],
    [
      'the wrong binary',
      clusterWith(fresh, wrongBinary),
      'operation.step',
      {},
      '/opt/image/gravity is 6.1.45',
    ],
    [
      'no binary at all',
      clusterWith(fresh, { binaries: [] }),
      'operation.step',
      {},
      'no gravity binary was found',
    ],
    ['a step of a group', clusterWith(fresh), 'operation.step', { phase: '/init' }, 'is a group'],
    ['a step when all is completed', clusterWith(completed), 'operation.step', {}, 'every leaf is completed'],
    ['the whole plan as a phase', clusterWith(fresh), 'phase.execute', { phase: '/' }, 'phase "/" not found'],
    [
      'a leaf that completed',
      clusterWith(completed),
      'phase.execute',
      { phase: '/checks' },
      'is already completed: nothing would run',
    ],
    [
      'a remote leaf without an update agent',
      clusterWith(withStates(fresh, { '/init/master-1': 'completed' }), {
        agents: offline,
        sources: { ...clusterWith(fresh).sources, agents: good },
      }),
      'phase.execute',
      { phase: '/init/worker-1' },
      'no agent is running on node worker-1/192.168.1.101, please execute phase "/init/worker-1" locally on that node',
    ],
    [
      'resuming into a remote leaf in progress',
      clusterWith(withStates(inProgress, { '/init/master-2': 'completed', '/init/master-3': 'completed' })),
      'operation.resume',
      {},
      '/init/worker-1 is in progress, no known runner',
    ],
    [
      'rolling a garbage collection back',
      clusterWith(gc),
      'phase.rollback',
      { phase: '/registry/master-1' },
      'operation type "operation_gc" does not support plan rollback',
    ],
    [
      'rolling all of a garbage collection back',
      clusterWith(gc),
      'operation.rollback',
      {},
      'does not support automatic rollback',
    ],
    [
      'a second resume',
      clusterWith(fresh, { runs: [aRun({ action: 'operation.resume' })] }),
      'operation.resume',
      {},
      'service gravity-resume.service is already running',
    ],
    [
      'a run that is over',
      clusterWith(fresh, { runs: [aRun({ state: 'done' })] }),
      'run.interrupt',
      { run: 'r1' },
      'run r1 is over: done',
    ],
    ['an unknown run', clusterWith(fresh), 'run.interrupt', { run: 'r9' }, 'there is no run r9'],
    ['an interrupt where nothing runs', clusterWith(fresh), 'run.interrupt', {}, 'nothing is running'],
    [
      'an interrupt that could mean either of two runs',
      clusterWith(fresh, { runs: [aRun(), aRun({ id: 'r2', lane: 'read' })] }),
      'run.interrupt',
      {},
      '2 runs are on: r1 (Execute), r2 (Execute)',
    ],
    ['a wheel nobody holds', clusterWith(fresh), 'wheel.release', {}, 'nobody drives'],
    ['an action there is not', clusterWith(fresh), 'phase.delete', {}, 'there is no action "phase.delete"'],
    ['a missing argument', clusterWith(fresh), 'phase.execute', {}, 'the argument "phase" is missing'],
    [
      'a state gravity does not know',
      clusterWith(fresh),
      'phase.set',
      { phase: '/checks', state: 'done' },
      'must be one of unstarted, in_progress',
    ],
  ];
  for (const [title, cluster, action, args, sentence] of rows) {
    it(`${title}: ${sentence}`, () => {
      const verdict = ask(cluster, action, args);
      expect(verdict.allowed).toBe(false);
      expect(verdict.reason).toContain(sentence);
      expect(verdict.nextStep).not.toBeNull();
      expect(verdict.steps).toEqual([]);
    });
  }
});

describe('what judge lets through', () => {
  it('interrupts the run that is running without its id, whatever waits behind it', () => {
    const runs = [
      aRun({ id: 'r2', state: 'queued', startedAt: null }),
      aRun(),
      aRun({ id: 'r0', state: 'done' }),
    ];
    const { commands, impact } = ask(clusterWith(fresh, { runs }), 'run.interrupt');
    expect(commands).toEqual(['(the agent itself) run interrupt r1']);
    expect(impact.warnings.join()).toContain('dies with it within half a second');
    expect(ask(clusterWith(fresh, { runs: runs.slice(0, 1) }), 'run.interrupt').commands).toEqual([
      '(the agent itself) run interrupt r2',
    ]);
  });

  it('drives a failed operation on: only completed ends one', () => {
    const status = statusWith({ id: fresh.operation.id ?? '', state: 'failed' });
    expect(ask(clusterWith(fresh, { status }), 'operation.step').allowed).toBe(true);
  });

  it('refuses nothing for an unknown place, and says that gravity may', () => {
    const cluster = clusterWith(fresh, { place: { node: null, ip: null, by: 'unknown' } });
    const verdict = ask(cluster, 'operation.step');
    expect(verdict.allowed).toBe(true);
    expect(verdict.impact.warnings.join()).toContain('node unknown');
  });

  it('drives an operation without a lead wherever it stands', () => {
    const cluster = clusterWith(gc, { place: { node: 'master-3', ip: '192.168.1.13', by: 'interface' } });
    expect(ask(cluster, 'operation.step').allowed).toBe(true);
  });

  it('executes a group that will stop half way, and says where', () => {
    const plan = withStates(fresh, { '/init/worker-1': 'in_progress' });
    const verdict = ask(clusterWith(plan), 'phase.execute', { phase: '/init' });
    expect(verdict.allowed).toBe(true);
    expect(verdict.impact.leaves).toEqual(['/init/master-1', '/init/master-2', '/init/master-3']);
    expect(verdict.impact.warnings.join()).toContain('it will stop at /init/worker-1');
  });

  it('completes half way, says that this marks the upgrade FAILED, and names the nodes of each version', () => {
    const verdict = ask(clusterWith(midway), 'operation.complete');
    expect(verdict.allowed).toBe(true);
    expect(verdict.impact.warnings).toEqual([
      expect.stringMatching(
        /^\d+ of 86 leaves are not completed: this marks the upgrade FAILED and reactivates the cluster with nodes on two versions$/,
      ),
      'new system software: master-1',
      'system software of before: master-2, master-3, worker-1, worker-2',
    ]);
  });

  it('names nodes whose upgrade was begun and not completed as neither the one nor the other', () => {
    const states = { '/masters/master-1/system-upgrade': 'failed' } as const;
    const { impact } = ask(clusterWith(withStates(fresh, states)), 'operation.complete');
    expect(impact.warnings).toContain(
      'one or the other, their upgrade was begun and not completed: master-1',
    );
    expect(impact.warnings.join()).not.toContain('new system software');
  });

  it('completes before any node is upgraded without speaking of two versions', () => {
    const { impact } = ask(clusterWith(fresh), 'operation.complete');
    expect(impact.warnings).toEqual([
      '86 of 86 leaves are not completed: this marks the upgrade FAILED and reactivates the cluster half done as it is',
    ]);
  });

  it('completes an operation that has no plan', () => {
    const active = {
      id: 'op-1',
      type: 'operation_expand',
      state: 'expand_in_progress',
      description: '',
      created: null,
      progress: null,
    };
    const status = { ...statusWith({}), activeOperations: [active] };
    const verdict = ask(clusterWith(null, { status }), 'operation.complete');
    expect(verdict.commands).toEqual(['/opt/image/gravity plan complete --operation-id=op-1']);
    const last = {
      ...status,
      operation: { ...active, id: completed.operation.id ?? '', state: 'completed' },
    };
    expect(ask(clusterWith(completed, { status: last }), 'operation.complete').commands).toEqual(
      verdict.commands,
    );
  });
});

describe('a refusal', () => {
  it('repeats nothing a terminal would obey', () => {
    const hostile = 'x\u001b]0;gotcha\u0007\u202e\u009b31m';
    for (const [action, args] of [
      [hostile, {}],
      ['operation.step', { [hostile]: 1 }],
      ['phase.execute', { phase: hostile }],
    ] as const) {
      expect(ask(clusterWith(fresh), action, args).reason).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    }
  });

  it('stays under 500 characters, however many phases depend on one', () => {
    const wide = recordedPlan('plans/fresh-3m60w.json');
    const leaves = wide.phases.filter((phase) => phase.leaf);
    const all = withStates(wide, Object.fromEntries(leaves.map(({ id }) => [id, 'completed'])));
    for (const { id } of leaves) {
      const { reason } = ask(clusterWith(all), 'phase.rollback', { phase: id });
      expect((reason ?? '').length).toBeLessThanOrEqual(500);
    }
  });
});

describe('an agent that may only be read', () => {
  const rows: [string, Partial<Cluster>, string][] = [
    ['a replay', { kind: 'replay' }, 'this is a replay'],
    ['a read-only agent', { readOnly: true }, 'this agent is read-only'],
  ];
  for (const [title, said, sentence] of rows) {
    it(`refuses in ${title} whatever changes something, and still reads`, () => {
      const cluster = clusterWith(fresh, said);
      for (const action of ['operation.step', 'agent.deploy', 'wheel.take', 'cluster.status-reset']) {
        expect(ask(cluster, action)).toMatchObject({ allowed: false, code: 'action.read-only' });
        expect(ask(cluster, action).reason).toContain(sentence);
      }
      expect(ask(cluster, 'agent.status').allowed).toBe(true);
    });
  }
});

describe('what a forced leaf and a taken wheel tell', () => {
  it('lists the requirements a force skips', () => {
    const verdict = ask(clusterWith(fresh), 'phase.force', { phase: '/masters/master-2/drain' });
    expect(verdict.impact.skips).toEqual(['/masters/master-1', '/coredns']);
  });

  it('never forces a group, whatever it is asked', () => {
    const groups = fresh.phases.filter((phase) => !phase.leaf);
    for (const { id } of groups) {
      const verdict = ask(clusterWith(fresh), 'phase.force', { phase: id });
      expect(verdict.reason).toContain('cannot use force with composite phase');
    }
  });

  it('asks who takes a held wheel for a reason, and nobody who takes a free one', () => {
    const holder = { user: 'ada', from: '10.0.0.9', tty: null, console: 'c1' };
    const held = clusterWith(fresh, { wheel: { holder, since: '2026-11-22T11:00:00Z', reason: null } });
    expect(ask(held, 'wheel.take').confirm).toEqual({ kind: 'yes', word: null, reason: true });
    expect(ask(clusterWith(fresh), 'wheel.take').confirm).toEqual({
      kind: 'none',
      word: null,
      reason: false,
    });
  });
});
