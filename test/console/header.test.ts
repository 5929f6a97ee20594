import { describe, expect, test } from 'vitest';
import { headerRows } from '../../src/console/view/header.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
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
      expect(first(driven, columns)).toContain('root@master-3 drives'));
    test(`says at ${columns} columns that nobody does`, () =>
      expect(first(rehearsal, columns)).toContain('nobody drives'));
  }
  for (const columns of [100, 110, 120, 160, 200])
    test(`says at ${columns} columns that the binary is the plan’s`, () =>
      expect(first(driven, columns)).toContain("✓ plan's"));
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
