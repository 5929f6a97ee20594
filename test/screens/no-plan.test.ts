import { describe, expect, test } from 'vitest';
import { headerRows } from '../../src/console/view/header.ts';
import { overviewText } from '../../src/console/view/overview.ts';
import { planRows } from '../../src/console/view/plan.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Operation } from '../../src/protocol/operation.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import { problem } from '../../src/protocol/problem.ts';
import type { Status } from '../../src/protocol/status.ts';
import { clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const at = new Date(now - 1000).toISOString();
const operation = (said: Partial<Operation>): Operation => ({
  id: '0a1b2c3d',
  type: 'operation_install',
  state: 'completed',
  description: 'Cluster installation',
  created: at,
  progress: null,
  ...said,
});
const status = (said: Partial<Status>): Status => ({
  cluster: 'demo.example.com',
  state: 'active',
  reason: null,
  image: { name: 'app', version: '2.4.0' },
  cloudProvider: null,
  clientVersion: null,
  serverVersion: null,
  systemStatus: 'running',
  operation: null,
  activeOperations: [],
  endpoints: { authGateway: [], ui: [] },
  nodes: null,
  alerts: [],
  localChecks: [],
  ...said,
});

/** A cluster whose gravity has no plan to show, and says so in its words. */
function withoutPlan(said: Partial<Status>, ...problemOf: Parameters<typeof problem>): Cluster {
  const cluster = clusterOf(null, { status: status(said) });
  const { sources } = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });
  const good = { state: 'good' as const, lastGood: at };
  const plan = { ...sources.plan, state: 'failing' as const, problem: problem(...problemOf) };
  return { ...cluster, sources: { ...sources, status: { ...sources.status, ...good }, plan } };
}

const screens = (cluster: Cluster) => {
  const scene = sceneOf(cluster);
  const rows = { header: headerRows, overview: overviewText, plan: planRows };
  return Object.fromEntries(
    Object.entries(rows).map(([name, draw]) => [name, draw(scene, uiOn('plan'))]),
  ) as Record<keyof typeof rows, ReturnType<typeof headerRows>>;
};

describe('a healthy cluster on which no operation is open', () => {
  const idle = withoutPlan(
    { operation: operation({}) },
    'gravity.no-plan',
    'gravity plan: operation(install(0a1b2c3d), cluster=demo.example.com, state=completed) is invalid.',
  );
  const shown = screens(idle);

  test('has no plan, and nothing of that is an error', () => {
    expect(textOf(shown.header).join('\n')).toContain('plan none');
    expect(shown.header.flat().filter(({ role }) => role === 'bad')).toEqual([]);
    expect(textOf(shown.plan).join('\n')).toContain('No operation is open, so there is no plan.');
    expect(textOf(shown.overview).join('\n')).not.toMatch(/invalid|complete the operation|failing/);
  });

  test('is told apart from an operation whose plan was never made', () => {
    const open = { ...status({}), activeOperations: [operation({ type: 'operation_update' })] };
    const text = textOf(screens({ ...idle, status: open }).header).join('\n');
    expect(text).toMatch(/plan never ×/);
  });
});

test('a removal of a node has no plan, and the progress that gravity gives is shown', () => {
  const shrink = operation({
    type: 'operation_shrink',
    state: 'shrink_in_progress',
    description: 'Remove worker-2',
    progress: 'unregistering the node',
  });
  const shown = screens(
    withoutPlan(
      { state: 'shrinking', operation: shrink, activeOperations: [shrink] },
      'gravity.error',
      'gravity plan: cannot display plan for "shrink" operation as it does not support plans',
    ),
  );
  for (const rows of [shown.plan, shown.overview])
    expect(textOf(rows).join('\n')).toMatch(/Remove worker-2.*unregistering the node/s);
  expect(textOf(shown.plan).join('\n')).toContain('gravity runs it automatically');
  expect(shown.header.flat().filter(({ role }) => role === 'bad')).toEqual([]);
});

test('an operation that was rolled back completely is over: no next phase, and nothing left to estimate', () => {
  const fresh = recordedPlan('fresh-3m2w');
  const set = (state: PhaseState) => ({
    ...fresh,
    phases: fresh.phases.map((phase) => (phase.id.startsWith('/init') ? { ...phase, state } : phase)),
  });
  const failed = operation({ id: fresh.operation.id ?? '', type: 'operation_update', state: 'failed' });
  const cluster = clusterOf(set('rolled_back'), { status: status({ operation: failed }) });
  for (const rows of [screens(cluster).plan, screens(cluster).overview]) {
    const text = textOf(rows).join('\n');
    expect(text).toContain('rolled back completely; this operation is over');
    expect(text).not.toMatch(/next \/init|left once/);
  }
  const open = { ...cluster, status: status({ state: 'updating', operation: failed }) };
  expect(textOf(screens(open).plan).join('\n')).toMatch(/next \/init/);
});
