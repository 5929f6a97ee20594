import { expect, test } from 'vitest';
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

test('a late timer of ours wakes everybody in the order of the simulated time', async () => {
  const hand = handClock();
  const clock = simulatedClock(hand, 1_000_000);
  const order: string[] = [];
  const steps = async (name: string, ms: number): Promise<void> => {
    for (let step = 1; step <= 3; step += 1) {
      await clock.sleep(ms);
      order.push(`${name}${step} at ${clock.elapsed()}`);
    }
  };
  void steps('slow', 500);
  void steps('quick', 200);
  await hand.advance(1);
  expect(order).toEqual([
    'quick1 at 200',
    'quick2 at 400',
    'slow1 at 500',
    'quick3 at 600',
    'slow2 at 1000',
    'slow3 at 1500',
  ]);
});

test('what sleeps when the world is paused sleeps on', async () => {
  const hand = handClock();
  const clock = simulatedClock(hand, 0);
  let woken = false;
  void clock.sleep(1).then(() => {
    woken = true;
  });
  await hand.advance(60_000);
  expect(woken).toBe(false);
  expect(clock.elapsed()).toBe(0);
  clock.setSpeed(1);
  await hand.advance(1);
  expect(woken).toBe(true);
});
