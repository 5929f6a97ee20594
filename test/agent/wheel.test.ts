import { beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/agent/contracts.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createWheel, type Wheel } from '../../src/agent/wheel.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import { type HandClock, handClock } from '../driver/hand-clock.ts';

const ann = { user: 'ann', from: '10.0.0.1', tty: 'pts/1', console: 'c-1' };
const bob = { ...ann, user: 'bob', console: 'c-2' };
const script = { ...ann, user: 'script', console: null };

let clock: HandClock;
let ledger: Ledger;
let wheel: Wheel;
let events: Event[];
let running: boolean;

beforeEach(async () => {
  clock = handClock();
  events = [];
  running = false;
  const store = {
    append: async () => {},
    readAll: async () => ({ lines: 0, torn: false }),
    size: async () => 0,
    trim: async () => null,
    close: async () => {},
  };
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false });
  ledger = await createLedger({ clock, epoch: 'e', store, initial });
  ledger.subscribe(({ event }) => events.push(event));
  wheel = createWheel({ clock, ledger }, () => running);
  wheel.start();
});

const holder = () => ledger.state().wheel.holder?.user ?? null;

describe('the wheel', () => {
  it('is held by one, and all are told who had it before', () => {
    wheel.take(ann, null);
    wheel.take(bob, 'ann sleeps');
    expect([wheel.holds(ann), wheel.holds(bob)]).toEqual([false, true]);
    expect(events.at(-1)).toMatchObject({
      kind: 'wheel.taken',
      from: { user: 'ann' },
      wheel: { reason: 'ann sleeps' },
    });
  });

  it('stays with a console that is heard of', async () => {
    wheel.take(ann, null);
    for (let count = 0; count < 20; count += 1) {
      await clock.advance(10_000);
      wheel.renew('c-1');
    }
    expect(holder()).toBe('ann');
  });

  it('is lost a minute after the last sign of its console, and others’ signs do not count', async () => {
    wheel.take(ann, null);
    for (let count = 0; count < 5; count += 1) {
      await clock.advance(10_000);
      wheel.renew('c-2');
      wheel.renew(null);
    }
    expect(holder()).toBe('ann');
    await clock.advance(20_000);
    expect(holder()).toBeNull();
    expect(events.at(-1)).toMatchObject({ kind: 'wheel.released', by: { user: 'ann' }, lost: true });
  });

  it('is given back by who holds it, and by nobody else', () => {
    wheel.take(ann, null);
    expect(wheel.release(bob)).toContain('ann drives');
    expect(holder()).toBe('ann');
    expect(wheel.release(ann)).toBeNull();
    expect(holder()).toBeNull();
  });

  it('taken by a command without a console lasts as long as its run', async () => {
    wheel.take(script, null);
    running = true;
    await clock.advance(300_000);
    expect(holder()).toBe('script');
    wheel.endOfRun(script);
    expect(holder()).toBeNull();
  });

  it('taken by a command is the next command’s too, of the same person alone', () => {
    wheel.take(script, null);
    expect(wheel.holds({ ...script })).toBe(true);
    expect(wheel.holds({ ...script, user: 'bob' })).toBe(false);
    expect(wheel.holds(ann)).toBe(false);
  });

  it('taken for a run by a console stays with it', () => {
    wheel.take(ann, null);
    wheel.endOfRun(ann);
    expect(holder()).toBe('ann');
  });
});
