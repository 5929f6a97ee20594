import { expect, test } from 'vitest';
import { durations } from '../../src/simulator/durations.ts';
import { phaseTree } from '../../src/simulator/phase-tree.ts';
import { updatePlan } from '../../src/simulator/plan/update-plan.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { handClock } from '../driver/hand-clock.ts';

test('work passes at the speed of the world, and not at all while it is paused', async () => {
  const hand = handClock();
  const clock = simulatedClock(hand, 10);
  const order: string[] = [];
  const long = clock.sleep(10_000).then(() => order.push('long'));
  const short = clock.sleep(1000).then(() => order.push('short'));
  await hand.advance(100);
  await short;
  clock.setSpeed(0);
  await hand.advance(1_000_000);
  expect(order).toEqual(['short']);
  clock.setSpeed(10);
  await hand.advance(900);
  await long;
  expect(order).toEqual(['short', 'long']);
});

test('the same seed gives every phase the same duration, another seed another', () => {
  const options = { masters: 3, workers: 2, operationId: 'op', cluster: 'demo.example.com', createdMs: 0 };
  const { leaves } = phaseTree(updatePlan(options));
  expect(leaves.map(durations(7))).toEqual(leaves.map(durations(7)));
  expect(leaves.map(durations(7))).not.toEqual(leaves.map(durations(8)));
  expect(leaves.every((leaf) => durations(7)(leaf) > 0)).toBe(true);
});
