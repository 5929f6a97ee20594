import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { planShort, planText } from '../../src/simulator/display/plan-table.ts';
import { planYaml } from '../../src/simulator/display/plan-yaml.ts';
import { shownPlan } from '../../src/simulator/display/shown-plan.ts';
import { statusDocument } from '../../src/simulator/display/status-document.ts';
import { newRun } from '../../src/simulator/engine/run.ts';
import { resumePlan } from '../../src/simulator/engine/whole-plan.ts';
import { fault } from '../../src/simulator/fault.ts';
import { goJson } from '../../src/simulator/go-json.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { newLife } from '../../src/simulator/life.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import { type PhaseDocument, readPlanDocument } from '../../src/simulator/plan-document.ts';
import { createWorld, statesOn } from '../../src/simulator/world.ts';

const CREATED = Date.parse('2026-11-20T14:30:00Z');

/** States while it runs, when it is done and when a phase failed (data.md 5.2, 5.3). */
const STATES: Record<string, { running: string; cluster: string; failed: string }> = {
  operation_update: { running: 'update_in_progress', cluster: 'updating', failed: 'updating' },
  operation_update_environ: {
    running: 'update_environ_in_progress',
    cluster: 'updating_cluster_environ',
    failed: 'updating_cluster_environ',
  },
  operation_update_config: {
    running: 'update_config_in_progress',
    cluster: 'updating_cluster_config',
    failed: 'updating_cluster_config',
  },
  operation_gc: { running: 'gc_in_progress', cluster: 'collecting_garbage', failed: 'active' },
  operation_install: { running: 'install_deploying', cluster: 'installing', failed: 'failed' },
  operation_expand: { running: 'expand_deploying', cluster: 'expanding', failed: 'active' },
  operation_shrink: { running: 'shrink_in_progress', cluster: 'shrinking', failed: 'active' },
  operation_reconfigure: { running: 'reconfigure_in_progress', cluster: 'reconfiguring', failed: 'failed' },
};

const sizes = [
  { masters: 1, workers: 0 },
  { masters: 1, workers: 2 },
  { masters: 3, workers: 2 },
  { masters: 3, workers: 60 },
];

const names = Object.keys(OPERATIONS);
const planned = names.filter((name) => name !== 'shrink');

describe('every operation is flown to its end on clusters of every size', () => {
  test.each(planned)('%s', async (name) => {
    for (const size of sizes) {
      const { world } = clusterIn(name, size);
      const states = STATES[world.operation.type];
      expect([world.operation.state, world.clusterState]).toEqual([states?.running, states?.cluster]);
      expect(await resumed(world), `${name} of ${size.masters}+${size.workers}`).toBeNull();
      expect([world.operation.state, world.clusterState]).toEqual(['completed', 'active']);
    }
  });
});

describe('an operation whose last phase fails leaves the states gravity leaves', () => {
  test.each(planned)('%s', async (name) => {
    const { world } = clusterIn(name, { masters: 3, workers: 2 });
    world.arranged.set(world.tree.leaves.at(-1)?.id ?? '', { execute: fault('no room') });
    expect(await resumed(world)).not.toBeNull();
    expect([world.operation.state, world.clusterState]).toEqual([
      'failed',
      STATES[world.operation.type]?.failed,
    ]);
  });
});

describe('every plan is shown alike in all four forms', () => {
  test.each(planned)('%s', (name) => {
    const { world } = clusterIn(name, { masters: 3, workers: 2 });
    const states = statesOn(world, 'master-1');
    const ids = idsOf(world.plan.phases);
    const text = goJson(shownPlan(world.plan, states), 2);
    const read = readPlanDocument(text);
    expect('plan' in read ? read.plan : read.refused).toEqual(world.plan);
    expect(idsOf(parse(planYaml(world.plan, states)).phases)).toEqual(ids);
    const last = ids.map((id) => id.slice(id.lastIndexOf('/') + 1));
    expect(firstColumn(planText(world.plan, states))).toEqual(last);
    expect(firstColumn(planShort(world.plan, states))).toEqual(last);
  });
});

describe('every id a phase requires is in its plan', () => {
  test.each(planned)('%s', (name) => {
    for (const size of sizes) {
      const { tree } = clusterIn(name, size).world;
      const required = [...tree.byId.values()].flatMap(({ phase }) => phase.requires ?? []);
      expect(required.filter((id) => !tree.byId.has(id))).toEqual([]);
    }
  });
});

test('a joining node is one of the cluster when its planet is up', async () => {
  const cluster = clusterIn('join-worker', { masters: 3, workers: 2 });
  expect([...cluster.nodes.keys()]).not.toContain('worker-3');
  expect(described(cluster)).toBe('Join node worker-3 (192.168.1.103) as worker');
  await resumed(cluster.world);
  expect([...cluster.nodes.keys()]).toContain('worker-3');
});

test('a shrink goes by itself and takes its node along', async () => {
  const cluster = clusterIn('shrink', { masters: 3, workers: 2 });
  expect(cluster.world.clusterState).toBe('shrinking');
  expect(described(cluster)).toBe('Remove node worker-2 (192.168.1.102)');
  await expect.poll(() => cluster.world.operation.state).toBe('completed');
  expect(cluster.world.operation.progress).toMatchObject({ message: 'worker-2 removed', completion: 100 });
  expect(cluster.world.clusterState).toBe('active');
  expect([...cluster.nodes.keys()]).not.toContain('worker-2');
});

test('before its installation a cluster had no operation', () => {
  const document = statusDocument(clusterIn('install', { masters: 3, workers: 2 }), null);
  expect(document.operation).toBeUndefined();
  expect(document.active_operations?.map(({ description }) => description)).toEqual(['5-node install']);
});

test('an installation says how far it is', async () => {
  const { world } = clusterIn('install', { masters: 1, workers: 0 });
  const said: number[] = [];
  world.watchers.add((_phase, moment) => {
    if (moment === 'began') said.push(world.operation.progress.completion);
  });
  await resumed(world);
  expect(said).toEqual([...said].sort((one, other) => one - other));
  expect(new Set(said).size).toBeGreaterThan(5);
});

function clusterIn(name: string, size: { masters: number; workers: number }) {
  const plan = OPERATIONS[name]?.build({
    ...size,
    operationId: '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
    cluster: 'demo.example.com',
    createdMs: CREATED,
  });
  if (plan === undefined) throw new Error(`there is no operation ${name}`);
  return createCluster(createWorld({ plan, clock: instantClock(CREATED) }));
}

type World = ReturnType<typeof clusterIn>['world'];

function resumed(world: World) {
  const lead = world.plan.lead_master ?? world.plan.servers[0];
  return resumePlan(newRun(world, lead?.hostname ?? '', newLife(), () => {}));
}

function described(cluster: ReturnType<typeof clusterIn>): string | undefined {
  return statusDocument(cluster, null).active_operations?.[0]?.description;
}

function idsOf(phases: readonly PhaseDocument[]): string[] {
  return phases.flatMap(({ id, phases: children }) => [id, ...idsOf(children ?? [])]);
}

/** Without marks and indentation, heading and footer. */
function firstColumn(table: string): string[] {
  return table
    .split('\n')
    .slice(2)
    .map((line) => /^ *\S (\S+)/.exec(line)?.[1] ?? '')
    .filter((word) => word !== '');
}
