import { describe, expect, it } from 'vitest';
import { ageOf } from '../../src/model/age.ts';
import { etcdOutlook } from '../../src/model/etcd-quorum.ts';
import { nodeRows } from '../../src/model/node-rows.ts';
import { operationSummary } from '../../src/model/operation-summary.ts';
import { outagesOf } from '../../src/model/outage/outages.ts';
import { indexPlan, leavesOf } from '../../src/model/phase-tree.ts';
import { standing } from '../../src/model/place.ts';
import { shownStates } from '../../src/model/shown-states.ts';
import type { Cluster, Passage } from '../../src/protocol/cluster.ts';
import type { Health, HealthNode, Probe } from '../../src/protocol/health.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import { aRun, clusterWith, now, recordedPlan, withStates } from '../actions/a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const upgrade = '/masters/master-2/system-upgrade';

function at(secondsAgo: number): string {
  return new Date(now - secondsAgo * 1000).toISOString();
}

function passage(secondsAgo: number): Passage {
  return { attempts: 1, began: at(secondsAgo), ended: null, changed: at(secondsAgo) };
}

function inProgress(leaf: string, secondsAgo: number, said: Partial<Cluster> = {}): Cluster {
  const plan = withStates(fresh, { [leaf]: 'in_progress' });
  return clusterWith(plan, { passages: { [leaf]: passage(secondsAgo) }, ...said });
}

function node(name: string, ip: string | null, said: Partial<HealthNode> = {}): HealthNode {
  const probes: Probe[] = [{ checker: 'etcd-healthz', state: 'running', severity: null, text: '' }];
  return { name, ip, role: 'master', member: 'alive', state: 'healthy', probes, ...said };
}

function healthOf(...nodes: HealthNode[]): Health {
  return { state: 'running', at: at(5), servedAt: at(5), summary: null, nodes };
}

const failedProbe: Probe = { checker: 'etcd-healthz', state: 'failed', severity: null, text: 'down' };
const masters = [node('a.lab', '192.168.1.11'), node('b.lab', '192.168.1.12'), node('c.lab', '192.168.1.13')];

describe('the shown state', () => {
  const step = (phase: string | null) => ({
    program: 'gravity' as const,
    path: null,
    argv: ['plan', 'resume', '--block'],
    phase,
  });
  const rows: [string, Cluster, string, string][] = [
    ['of a leaf within its usual time is running', inProgress(upgrade, 60), upgrade, 'running'],
    ['of its groups too', inProgress(upgrade, 60), '/masters', 'running'],
    ['of a leaf long past it is unseen', inProgress(upgrade, 9999), upgrade, 'unseen'],
    ['of its groups too is unseen', inProgress(upgrade, 9999), '/masters/master-2', 'unseen'],
    [
      'of a leaf a run is at is running, however long',
      inProgress(upgrade, 9999, { runs: [aRun({ steps: [step(upgrade)] })] }),
      upgrade,
      'running',
    ],
    [
      'of a leaf in a group a run is at is running',
      inProgress(upgrade, 9999, { runs: [aRun({ steps: [step('/masters')] })] }),
      upgrade,
      'running',
    ],
    [
      'of a leaf is not running for a run elsewhere',
      inProgress(upgrade, 9999, { runs: [aRun({ steps: [step('/masters/master-20')] })] }),
      upgrade,
      'unseen',
    ],
    [
      'of a leaf under a resume is running',
      inProgress(upgrade, 9999, { runs: [aRun({ action: 'operation.resume', steps: [step(null)] })] }),
      upgrade,
      'running',
    ],
    [
      'of a stopped, half done group is partly',
      clusterWith(withStates(fresh, { '/init/master-1': 'completed' })),
      '/init',
      'partly',
    ],
    [
      'of a group with a failed leaf is failed',
      clusterWith(withStates(fresh, { '/init/master-1': 'failed' })),
      '/init',
      'failed',
    ],
    ['of what has not begun is unstarted', clusterWith(fresh), '/checks', 'unstarted'],
  ];
  for (const [title, cluster, phase, state] of rows) {
    it(title, () => expect(shownStates(cluster, now).get(phase)).toBe(state));
  }
});

describe('an expected outage', () => {
  const health = healthOf(...masters);
  const during = inProgress(upgrade, 60, { health });

  it('is of the node that is upgraded, and its checkers', () => {
    const outages = outagesOf(during);
    expect(outages.causeOf({ node: 'master-2', checker: 'etcd-healthz' }, now).phase).not.toBeNull();
    expect(outages.causeOf({ node: 'master-2', checker: null }, now).phase).not.toBeNull();
  });

  it('is never of another node or another checker', () => {
    const outages = outagesOf(during);
    expect(outages.causeOf({ node: 'master-3', checker: 'etcd-healthz' }, now).phase).toBeNull();
    expect(outages.causeOf({ node: 'master-2', checker: 'disk-space' }, now).phase).toBeNull();
  });

  it('ends with the leaf: not after it failed, not after it completed', () => {
    for (const state of ['failed', 'completed'] as const) {
      const cluster = clusterWith(withStates(fresh, { [upgrade]: state }), { health });
      expect(outagesOf(cluster).causeOf({ node: 'master-2', checker: 'docker' }, now).phase).toBeNull();
    }
  });

  it('ends at its limit', () => {
    const late = outagesOf(inProgress(upgrade, 3600, { health }));
    expect(late.causeOf({ node: 'master-2', checker: 'docker' }, now).phase).toBeNull();
  });

  it('is not of what was already wrong before, by the endpoint’s own names', () => {
    const failedBefore = {
      at: at(300),
      kind: 'probe.failed' as const,
      node: 'b.lab',
      checker: 'docker',
      from: null,
      to: null,
      text: '',
    };
    const outages = outagesOf({ ...during, history: [failedBefore] });
    expect(outages.causeOf({ node: 'master-2', checker: 'docker' }, now).phase).toBeNull();
    expect(outages.causeOf({ node: 'master-2', checker: 'kubelet' }, now).phase).not.toBeNull();
    const healed = { ...failedBefore, at: at(200), kind: 'probe.succeeded' as const };
    const after = outagesOf({ ...during, history: [failedBefore, healed] });
    expect(after.causeOf({ node: 'master-2', checker: 'docker' }, now).phase).not.toBeNull();
  });
});

describe('etcd', () => {
  const rows: [string, Cluster, string, 'execute' | 'rollback', object | null][] = [
    ['is unknown without health', clusterWith(fresh), upgrade, 'execute', null],
    [
      'misses the member that restarts, and has it back',
      clusterWith(fresh, { health: healthOf(...masters) }),
      upgrade,
      'execute',
      { members: 3, now: 3, during: 2, after: 3, quorum: 2 },
    ],
    [
      'loses its quorum where a member is down already',
      clusterWith(fresh, {
        health: healthOf(node('a.lab', '192.168.1.11', { probes: [failedProbe] }), ...masters.slice(1)),
      }),
      upgrade,
      'execute',
      { now: 2, during: 1, after: 2 },
    ],
    [
      'counts a member that is not listed as down',
      clusterWith(fresh, { health: healthOf(...masters.slice(0, 2)) }),
      upgrade,
      'execute',
      { now: 2, during: 1 },
    ],
    [
      'is all down after the shutdown group',
      clusterWith(fresh, { health: healthOf(...masters) }),
      '/etcd/shutdown',
      'execute',
      { now: 3, during: 0, after: 0 },
    ],
    [
      'comes back with the restart group',
      clusterWith(fresh, { health: healthOf(...masters) }),
      '/etcd',
      'execute',
      { now: 3, during: 0, after: 3 },
    ],
    [
      'stops again when a restart is rolled back',
      clusterWith(fresh, { health: healthOf(...masters) }),
      '/etcd/restart/master-1',
      'rollback',
      { now: 3, during: 2, after: 2 },
    ],
    [
      'does not care for workers',
      clusterWith(fresh, { health: healthOf(...masters) }),
      '/nodes/worker-1/system-upgrade',
      'execute',
      { now: 3, during: 3, after: 3 },
    ],
  ];
  for (const [title, cluster, phase, way, outlook] of rows) {
    it(title, () => {
      const leaves = leavesOf(indexPlan(fresh), phase);
      const seen = etcdOutlook(cluster, leaves, way);
      if (outlook === null) expect(seen).toBeNull();
      else expect(seen).toMatchObject(outlook);
    });
  }
});

describe('the nodes', () => {
  const health = healthOf(...masters, node('d.lab', '10.9.9.9'));

  it('are joined by address over all sources, masters first', () => {
    const rows = nodeRows(clusterWith(fresh, { health }));
    expect(rows.map((row) => row.name)).toEqual([
      'master-1',
      'master-2',
      'master-3',
      'worker-1',
      'worker-2',
      'd.lab',
    ]);
    expect(rows[1]).toMatchObject({ serf: 'b.lab', ip: '192.168.1.12', state: 'healthy', vanished: false });
  });

  it('that are expected and no longer listed are unknown and vanished', () => {
    const worker = nodeRows(clusterWith(fresh, { health })).find((row) => row.name === 'worker-1');
    expect(worker).toMatchObject({ state: 'unknown', vanished: true, critical: null });
  });

  it('have not vanished when the endpoint lists nobody: it has just started', () => {
    const rows = nodeRows(clusterWith(fresh, { health: healthOf() }));
    expect(rows.filter((row) => row.vanished)).toEqual([]);
  });

  it('count failed probes, those without a severity as critical', () => {
    const warning: Probe = { ...failedProbe, checker: 'disk-space', severity: 'warning' };
    const sick = node('a.lab', '192.168.1.11', { state: 'degraded', probes: [failedProbe, warning] });
    const [row] = nodeRows(clusterWith(fresh, { health: healthOf(sick) }));
    expect(row).toMatchObject({ state: 'degraded', critical: 1, warnings: 1 });
  });
});

describe('the age of a source', () => {
  const source = clusterWith(fresh).sources.health;
  const rows: [string, string | null, object][] = [
    ['is unknown and stale when it was never read', null, { seconds: null, stale: true }],
    ['is fresh within three readings', at(90), { seconds: 90, stale: false }],
    ['is stale after', at(91), { seconds: 91, stale: true }],
    ['is not negative', at(-5), { seconds: 0, stale: false }],
  ];
  for (const [title, lastGood, age] of rows) {
    it(title, () => expect(ageOf({ ...source, lastGood }, now)).toEqual(age));
  }
});

describe('the operation in one line', () => {
  const states: [string, Record<string, PhaseState>, string][] = [
    ['names the next leaf', {}, 'upgrade 5b1b4a0a, 0/86 leaves, next /init/master-1'],
    [
      'names the leaf in progress first',
      { '/init/master-1': 'in_progress', '/checks': 'failed' },
      'in progress /init/master-1',
    ],
    ['names the leaf that failed', { '/init/master-1': 'completed', '/checks': 'failed' }, 'failed /checks'],
  ];
  for (const [title, changed, line] of states) {
    it(title, () => expect(operationSummary(clusterWith(withStates(fresh, changed)))).toContain(line));
  }

  it('says so when there is none', () => {
    expect(operationSummary(clusterWith(null))).toBe('no operation');
  });
});

describe('where the agent stands', () => {
  const place = (said: Partial<Cluster['place']>): Cluster =>
    clusterWith(fresh, { place: { node: null, ip: null, by: 'unknown', ...said } });
  const rows: [string, Cluster, boolean | null][] = [
    ['is the lead by address', place({ node: 'other-name', ip: '192.168.1.11', by: 'interface' }), true],
    ['is the lead by name', place({ node: 'master-1', by: 'option' }), true],
    ['is the lead by an address given as its name', place({ node: '192.168.1.11', by: 'option' }), true],
    ['is another node', place({ node: 'master-2', ip: '192.168.1.12', by: 'interface' }), false],
    ['is not known', place({}), null],
    ['does not matter without a lead', clusterWith(recordedPlan('plans/fresh-gc-3m2w.json')), true],
  ];
  for (const [title, cluster, isLead] of rows) {
    it(title, () => expect(standing(cluster).isLead).toBe(isLead));
  }
});
