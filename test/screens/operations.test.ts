import { expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { copyItems } from '../../src/console/copy-items.ts';
import type { Scene } from '../../src/console/scene.ts';
import type { Ui } from '../../src/console/ui.ts';
import { update } from '../../src/console/update/update.ts';
import type { Operation } from '../../src/protocol/operation.ts';
import { aRun, clusterOf, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const plan = recordedPlan('failed-3m2w');
const anOperation = (part: Partial<Operation>): Operation => ({
  id: 'operation-1',
  type: 'operation_install',
  state: 'completed',
  description: '3-node install',
  created: '2026-11-01T08:00:00Z',
  progress: null,
  ...part,
});
const upgrade = anOperation({
  id: plan.operation.id ?? '',
  type: 'operation_update',
  state: 'update_in_progress',
  description: 'upgrading to 2.5.0',
  created: '2026-11-22T09:58:00Z',
});
const join = anOperation({ id: 'operation-2', type: 'operation_expand', created: '2026-11-05T08:00:00Z' });
const cluster = clusterOf(plan, {
  operations: [anOperation({}), { ...upgrade, state: 'update_initialized' }, join],
  status: {
    cluster: 'demo.example.com',
    state: 'updating',
    reason: null,
    image: null,
    cloudProvider: null,
    clientVersion: null,
    serverVersion: null,
    systemStatus: 'running',
    operation: null,
    activeOperations: [upgrade],
    endpoints: { authGateway: [], ui: [] },
    nodes: null,
    alerts: null,
    localChecks: [],
  },
  runs: [aRun({ operationId: upgrade.id })],
});
const narrow = sceneOf(cluster);
const wide = sceneOf(cluster, { size: { columns: 120, rows: 36 } });

function shown(scene: Scene, ui: Ui): string {
  return textOf(frameRows(scene, ui)).join('\n');
}

function pressed(scene: Scene, ...keys: string[]): Ui {
  return keys.reduce((ui, key) => update(ui, scene, key).ui, uiOn('plan'));
}

test('every operation of the cluster is listed once, newest first, as the freshest source has it', () => {
  const rows = shown(narrow, pressed(narrow, '5'))
    .split('\n')
    .filter((row) => row.includes('11-'));
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatch(/11-22 09:58:00 +upgrade +update_in_progress +upgrading to/);
  expect(rows[1]).toMatch(/join/);
  expect(rows[2]).toMatch(/install +completed +3-node/);
});

test('enter shows the one selected, and how far its plan is', () => {
  const said = shown(narrow, pressed(narrow, '5', 'enter'));
  expect(said).toContain('22/86 leaves completed, 1 failed');
  expect(said).toContain('× /masters/master-2/drain');
  expect(said).toMatch(/created +11-22 09:58:00Z/);
});

test('beside the list there is what was run for it from here', () => {
  expect(shown(wide, pressed(wide, '5'))).toMatch(/run from here/);
});

test('of an operation whose plan was not read the screen says how to read it', () => {
  const said = shown(wide, pressed(wide, '5', 'G'));
  expect(said).toContain('--operation-id=operation-1');
  expect(said).not.toContain('leaves completed,');
});

test('a filter narrows the list, and what is selected can be copied', () => {
  const ui = pressed(wide, '5', '/', ...'expand', 'enter');
  expect(copyItems(wide, ui)[0]).toEqual({ name: 'operation', text: 'operation-2' });
});

test('before any source has answered nothing is said to be empty', () => {
  const unread = sceneOf(clusterOf(null));
  expect(shown(unread, pressed(unread, '5'))).toContain('the operations have not been read yet');
});

test('the screen shown has its title in the header at every width', () => {
  for (const columns of [40, 80, 120]) {
    const scene = sceneOf(cluster, { size: { columns, rows: 24 } });
    expect(shown(scene, uiOn('runs'))).toContain('6 Runs');
    expect(shown(scene, uiOn('operations'))).toMatch(/5 Op/);
  }
});
