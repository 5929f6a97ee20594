import { describe, expect, test } from 'vitest';
import { type ScreenId, screenTable } from '../../src/console/screen-table.ts';
import { headerRows } from '../../src/console/view/header.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Observed } from '../../src/protocol/observed.ts';
import { anAutopilot } from './a-cockpit.ts';
import { clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from './a-scene.ts';

const plan = recordedPlan('midway-3m2w');
const holder = { user: 'root', from: 'master-3', tty: null, console: 'console-there' };
const rehearsal = clusterOf(plan, { kind: 'rehearsal', label: 'demo' });
const driven = { ...rehearsal, wheel: { holder, since: new Date(now).toISOString(), reason: null } };

function first(cluster: Cluster, columns: number): string {
  return textOf(headerRows(sceneOf(cluster, { size: { columns, rows: 24 } }), uiOn('plan')))[0] ?? '';
}

describe('the first line', () => {
  for (const columns of [40, 60, 80, 100, 120, 200])
    test(`says at ${columns} columns what it is`, () =>
      expect(first(driven, columns)).toMatch(/^ REHEARSAL /));
  for (const columns of [80, 100, 120, 200]) {
    test(`says at ${columns} columns who drives`, () =>
      expect(first(driven, columns)).toContain('driver root@master-3'));
    test(`says at ${columns} columns that there is no driver`, () =>
      expect(first(rehearsal, columns)).toContain('no driver'));
  }
  for (const columns of [100, 110, 120, 160, 200])
    test(`says at ${columns} columns that the binary is the plan’s`, () =>
      expect(first(driven, columns)).toContain('✓ matches plan'));
  for (const columns of [80, 100, 120])
    test(`says at ${columns} columns that the binary is another`, () => {
      const binaries = driven.binaries.map((binary) => ({ ...binary, version: '7.0.12' }));
      expect(first({ ...driven, binaries }, columns)).toContain(
        `× plan wants ${plan.operation.gravityVersion}`,
      );
    });
  test('calls nothing live before the agent has said so', () => {
    const connection = { state: 'connecting' as const, heard: now, problem: null };
    const empty = clusterOf(null).sources.history;
    const sources = Object.fromEntries(
      Object.entries(rehearsal.sources).map(([name, source]) => [name, { ...empty, source: source.source }]),
    ) as Cluster['sources'];
    const scene = sceneOf({ ...clusterOf(null), sources }, { connection });
    expect(textOf(headerRows(scene, uiOn('plan')))[0]).toMatch(/^ NOT CONNECTED /);
  });
});

describe('what calls for an operator', () => {
  const failed = clusterOf(recordedPlan('failed-3m2w'));
  const rows = (cluster: Cluster, columns: number, screen: ScreenId = 'nodes') =>
    textOf(headerRows(sceneOf(cluster, { size: { columns, rows: 24 } }), uiOn(screen)));

  for (const { id } of screenTable)
    for (const columns of [80, 120])
      test(`a failed phase stands on ${id} at ${columns} columns, and at the tab of the Plan`, () => {
        const [first, tabs] = rows(failed, columns, id);
        expect(first).toContain('× FAILED master-2/drain');
        expect(tabs).toContain('2 Plan ×');
      });
  test('a failed phase is left at 40 columns when all else has given way', () =>
    expect(rows(failed, 40)[0]).toContain('× FAILED'));
  test('a phase that failed on its node counts, though the plan does not say so', () => {
    const observed = { '/masters/master-3/drain': anObserved({ state: 'failed' }) };
    expect(rows({ ...rehearsal, observed }, 80)[0]).toContain('× FAILED master-3/drain');
  });
  test('a paused autopilot says where and why', () => {
    const autopilot = anAutopilot({ state: 'paused', hold: 'breakpoint', phase: '/masters/master-3/drain' });
    const [first, tabs] = rows({ ...rehearsal, autopilot }, 120);
    expect(first).toContain('‖ AUTOPILOT PAUSED before master-3/drain (breakpoint)');
    expect(tabs).toContain('2 Plan ‖');
  });
  test('several are counted, the failure first', () => {
    const autopilot = anAutopilot({ state: 'paused', hold: 'failure' });
    expect(rows({ ...failed, autopilot }, 80)[0]).toContain('× FAILED master-2/drain +1');
  });
  test('an unexpected outage is named and marks the Nodes', () => {
    const gone = unansweredNode(clusterOf(plan), 'worker-1');
    const [first, tabs] = rows(gone, 120, 'plan');
    expect(first).toContain('× UNEXPECTED outage worker-1');
    expect(tabs).toContain('3 Nodes ×');
  });
  test('an outage that a phase explains calls for nobody', () => {
    const stopped = unansweredNode(clusterOf(recordedPlan('in-progress-3m2w')), 'master-2');
    expect(rows(stopped, 120).join()).not.toMatch(/UNEXPECTED|Nodes ×/);
  });
});

/** The cluster with a node that health no longer hears. */
function unansweredNode(cluster: Cluster, host: string): Cluster {
  const at = new Date(now - 3000).toISOString();
  const nodes = (cluster.plan?.servers ?? []).map(({ hostname, ip, role }) => ({
    name: hostname,
    ip,
    role,
    member: 'alive',
    state: hostname === host ? ('offline' as const) : ('healthy' as const),
    probes: [],
  }));
  return { ...cluster, health: { state: 'degraded', at, servedAt: at, summary: null, nodes } };
}

function anObserved(part: Partial<Observed>): Observed {
  const since = new Date(now - 5000).toISOString();
  return {
    state: 'in_progress',
    since,
    from: 'run',
    run: 'run-1',
    way: 'execute',
    node: 'master-3',
    error: null,
    ...part,
  };
}
