import { expect, test } from 'vitest';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { updatePlan } from '../../src/simulator/plan/update-plan.ts';
import { createWorld, reconcile, record, statesOn, type World } from '../../src/simulator/world.ts';

const START = Date.parse('2026-11-22T10:00:00Z');

test('while etcd is dark only the node that works knows what it did', () => {
  const world = newWorld();
  world.etcdAnswers = () => false;
  record(world, 'master-1', { phaseId: '/checks', state: 'completed' });
  expect(stateOn(world, 'master-1')).toBe('completed');
  expect(stateOn(world, 'master-2')).toBeUndefined();
  world.etcdAnswers = () => true;
  record(world, 'master-1', { phaseId: '/pre-update', state: 'in_progress' });
  expect(stateOn(world, 'master-2')).toBe('completed');
});

test('the newest clock wins, even one that is wrong', () => {
  const world = newWorld();
  world.clockOffsets.set('master-2', 60_000);
  record(world, 'master-2', { phaseId: '/checks', state: 'failed' });
  record(world, 'master-1', { phaseId: '/checks', state: 'completed' });
  expect(stateOn(world, 'master-1')).toBe('failed');
});

test('a lagging node learns later what the others did', () => {
  const world = newWorld();
  world.lags.set('master-2', 10_000);
  record(world, 'master-1', { phaseId: '/checks', state: 'completed' });
  expect(stateOn(world, 'master-2')).toBeUndefined();
  void world.clock.sleep(20_000);
  expect(stateOn(world, 'master-2')).toBe('completed');
  world.lags.clear();
  reconcile(world);
  record(world, 'master-1', { phaseId: '/checks', state: 'rolled_back' });
  expect(stateOn(world, 'master-2')).toBe('rolled_back');
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
