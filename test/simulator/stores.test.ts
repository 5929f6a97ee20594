import { expect, test } from 'vitest';
import { newestByPhase } from '../../src/simulator/changelog.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { updatePlan } from '../../src/simulator/plan/update-plan.ts';
import { createWorld, reconcile, record, statesOn, type World } from '../../src/simulator/world.ts';

const START = Date.parse('2026-11-22T10:00:00Z');

test('what a node writes is in its own copy and in etcd, and in no other', () => {
  const world = newWorld();
  record(world, 'master-2', { phaseId: '/checks', state: 'in_progress' });
  expect(stateOn(world, 'master-2')).toBe('in_progress');
  expect(inEtcd(world)).toBe('in_progress');
  expect(stateOn(world, 'master-1')).toBeUndefined();
});

test('a node that reconciles learns all that etcd has, of every phase', () => {
  const world = newWorld();
  record(world, 'master-2', { phaseId: '/checks', state: 'failed' });
  record(world, 'master-1', { phaseId: '/pre-update', state: 'in_progress' });
  expect(stateOn(world, 'master-1')).toBe('failed');
  expect(stateOn(world, 'master-3')).toBeUndefined();
});

test('while etcd is dark only the node that works knows what it did, and nothing moves when it is back', () => {
  const world = newWorld();
  world.etcdAnswers = () => false;
  record(world, 'master-1', { phaseId: '/checks', state: 'completed' });
  expect(inEtcd(world)).toBeUndefined();
  world.etcdAnswers = () => true;
  expect(inEtcd(world)).toBeUndefined();
  reconcile(world, 'master-2');
  expect(stateOn(world, 'master-2')).toBeUndefined();
  reconcile(world, 'master-1');
  expect(inEtcd(world)).toBe('completed');
  reconcile(world, 'master-2');
  expect(stateOn(world, 'master-2')).toBe('completed');
});

test('the newest clock wins, even one that is wrong', () => {
  const world = newWorld();
  world.clockOffsets.set('master-2', 60_000);
  record(world, 'master-2', { phaseId: '/checks', state: 'failed' });
  record(world, 'master-1', { phaseId: '/checks', state: 'completed' });
  expect(stateOn(world, 'master-1')).toBe('failed');
});

test('a lagging node fetches only what is old enough', () => {
  const world = newWorld();
  world.lags.set('master-2', 10_000);
  record(world, 'master-1', { phaseId: '/checks', state: 'completed' });
  reconcile(world, 'master-2');
  expect(stateOn(world, 'master-2')).toBeUndefined();
  void world.clock.sleep(20_000);
  reconcile(world, 'master-2');
  expect(stateOn(world, 'master-2')).toBe('completed');
});

function newWorld(): World {
  const options = {
    masters: 3,
    workers: 0,
    operationId: 'op',
    cluster: 'demo.example.com',
    createdMs: START,
  };
  return createWorld({ plan: updatePlan(options), clock: instantClock(START) });
}

function stateOn(world: World, node: string): string | undefined {
  return statesOn(world, node).get('/checks')?.state;
}

function inEtcd(world: World): string | undefined {
  return newestByPhase(world.stores.cluster).get('/checks')?.state;
}
