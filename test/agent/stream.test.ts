import { beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/agent/contracts.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createStream, type Stream } from '../../src/agent/stream.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import type { Peer, Store } from '../../src/ports.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { StreamMessage } from '../../src/protocol/stream.ts';
import { type HandClock, handClock } from '../driver/hand-clock.ts';

const nowhere: Store = {
  append: async () => {},
  readAll: async () => ({ lines: 0, torn: false }),
  size: async () => 0,
  trim: async () => null,
  close: async () => {},
};

/** A reader whose network is in the test's hands. */
function handPeer() {
  const got: StreamMessage[] = [];
  const peer = { buffered: 0, closed: '', says: (_: string) => {}, leave: () => {} };
  const port: Peer = {
    send: (text) => void got.push(JSON.parse(text)),
    close: (_, reason) => {
      peer.closed = reason ?? '';
    },
    buffered: () => peer.buffered,
    onMessage: (take) => {
      peer.says = take;
    },
    onClose: (run) => {
      peer.leave = run;
    },
  };
  return { got, port, ...{ peer } };
}

/** What a console knows after these messages. */
function folded(messages: StreamMessage[]): Cluster | null {
  return messages.reduce<Cluster | null>((cluster, message) => {
    if (message.type === 'snapshot') return message.state;
    return message.type === 'event' && cluster !== null ? fold(cluster, message.event) : cluster;
  }, null);
}

let clock: HandClock;
let ledger: Ledger;
let stream: Stream;
let renewed: (string | null)[];

beforeEach(async () => {
  clock = handClock();
  renewed = [];
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false });
  ledger = await createLedger({ clock, epoch: 'life.1', store: nowhere, initial });
  stream = createStream({ clock, ledger, wheel: { renew: (console) => void renewed.push(console) } });
  stream.start();
});

let nodes = 0;
function move(): void {
  nodes += 1;
  const place = { node: `node-${nodes}`, ip: null, by: 'option' as const };
  ledger.record({ kind: 'place.found', seen: new Date(clock.now()).toISOString(), place });
}

const open = (since?: string, door = 'operator') => {
  const hand = handPeer();
  stream.open(hand.port, { since, door });
  return hand;
};

describe('the stream', () => {
  it('begins with a snapshot, then tells every event once and in order', () => {
    move();
    const { got } = open();
    move();
    move();
    expect(got.map(({ type, seq }) => [type, seq])).toEqual([
      ['snapshot', 1],
      ['event', 2],
      ['event', 3],
    ]);
    expect(folded(got)).toEqual(ledger.state());
  });

  it('goes on where a reader stood, without a snapshot', () => {
    const first = open();
    move();
    first.peer.leave();
    move();
    move();
    const { got } = open('life.1.1');
    expect(got.map(({ type, seq }) => [type, seq])).toEqual([
      ['event', 2],
      ['event', 3],
    ]);
    expect(first.got).toHaveLength(2);
  });

  it('tells a reader who comes back and missed nothing that it is there, at once', () => {
    move();
    const { got } = open('life.1.1');
    expect(got.map(({ type, seq }) => [type, seq])).toEqual([['beat', 1]]);
  });

  for (const [title, since] of [
    ['another life', 'life.0.1'],
    ['the future', 'life.1.99'],
    ['nonsense', 'x'],
    ['a place long gone', 'life.1.1'],
  ])
    it(`gives a snapshot to a reader from ${title}`, () => {
      for (let count = 0; count < 20_000; count += 1) move();
      const { got } = open(since);
      expect(got.map(({ type }) => type)).toEqual(['snapshot']);
    });

  it('gives a reader that fell behind nothing, then a snapshot, and never a hole', async () => {
    const slow = open();
    const quick = open();
    slow.peer.buffered = 5 * 1024 * 1024;
    move();
    move();
    expect(slow.got).toHaveLength(1);
    expect(quick.got).toHaveLength(3);
    await clock.advance(2_000);
    expect(slow.got).toHaveLength(1);
    slow.peer.buffered = 0;
    await clock.advance(1_000);
    move();
    expect(slow.got.map(({ type, seq }) => [type, seq])).toEqual([
      ['snapshot', 0],
      ['snapshot', 2],
      ['event', 3],
    ]);
    expect(folded(slow.got)).toEqual(ledger.state());
  });

  it('beats every 10 s with how fresh each source is', async () => {
    const { got } = open();
    ledger.refresh('plan', '2026-11-22T11:00:00.000Z');
    await clock.advance(10_000);
    expect(got.at(-1)).toMatchObject({ type: 'beat', seq: 0, epoch: 'life.1' });
  });

  it('hears who holds the wheel, from operators alone, and nothing else', () => {
    const { peer } = open();
    for (const text of ['{"type":"hold","console":"c-1"}', '{', '{"type":"hold","console":7}', 'null'])
      peer.says(text);
    open(undefined, 'viewer').peer.says('{"type":"hold","console":"c-2"}');
    expect(renewed.filter((console) => console !== null)).toEqual(['c-1']);
  });

  it('turns away the fifty-first reader', () => {
    for (let count = 0; count < 50; count += 1) open();
    const { got, peer } = open();
    expect([got, peer.closed]).toEqual([[], 'too many consoles watch']);
    expect(stream.readers()).toBe(50);
  });
});
