import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemServer } from '../../src/adapters/system/server.ts';
import { createApi, type RouteHandlers } from '../../src/agent/api.ts';
import type { Ledger } from '../../src/agent/contracts.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createStream } from '../../src/agent/stream.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import type { Cancel, Listening } from '../../src/ports.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { StreamMessage } from '../../src/protocol/stream.ts';
import { memoryStore } from '../driver/memory-store.ts';

const clock = systemClock();
const seen = '2026-11-22T11:10:00.000Z';
let dir: string;
let ledger: Ledger;
let stop: Cancel;
let listening: Listening;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gc-stream-'));
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });
  ledger = await createLedger({ clock, epoch: 'life', store: memoryStore(), initial });
  const stream = createStream({ clock, ledger, wheel: { renew: () => {} } });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  // Only the stream is asked for here.
  const handlers = createApi({} as RouteHandlers, { stream, log });
  const at = { path: join(dir, 'a.sock'), mode: 0o600, door: 'operator', maxBody: 1000 };
  listening = await systemServer().listenUnix(at, handlers);
  stop = stream.start();
});

afterEach(async () => {
  stop();
  await listening.close();
  rmSync(dir, { recursive: true });
});

/** An event of about 20 kB, told by its number. */
function move(number: number): void {
  const place = { node: `node-${number}-${'x'.repeat(20_000)}`, ip: null, by: 'option' as const };
  ledger.record({ kind: 'place.found', seen, place });
}

/** A reader on a real socket: what it got so far, and how to wait until something is so. */
function open(path = '/v1/stream') {
  const socket = new WebSocket(`ws://agent${path}`, {
    createConnection: () => connect(join(dir, 'a.sock')),
    perMessageDeflate: false,
  });
  const got: StreamMessage[] = [];
  let look = () => {};
  socket.on('error', () => {});
  socket.on('message', (data) => {
    got.push(JSON.parse(String(data)));
    look();
  });
  const closed = new Promise<[number, string]>((done) =>
    socket.on('close', (code, reason) => done([code, String(reason)])),
  );
  const until = (holds: () => boolean) =>
    new Promise<void>((done) => {
      look = () => {
        if (holds()) done();
      };
      look();
    });
  return { socket, got, closed, until };
}

describe('the stream over a real socket', () => {
  it('gives a reader that did not read for a while a snapshot, never a hole, and in the end all there is', async () => {
    const { socket, got, until } = open();
    await until(() => got.length === 1);
    socket.pause();
    const events = 1_000;
    for (let number = 1; number <= events; number += 1) {
      move(number);
      // The socket takes what it can in between.
      if (number % 50 === 0) await new Promise<void>((done) => setImmediate(done));
    }
    socket.resume();
    await until(() => got.at(-1)?.seq === events);
    expect(got.length).toBeLessThan(events);
    expect(holes(got)).toEqual([]);
    expect(got.filter(({ type }) => type === 'snapshot').length).toBeGreaterThan(1);
    move(events + 1);
    await until(() => got.at(-1)?.seq === events + 1);
    expect(folded(got)).toEqual(ledger.state());
  });

  it('goes on from where a reader stood', async () => {
    for (const number of [1, 2, 3]) move(number);
    const { got, until } = open('/v1/stream?since=life.1');
    await until(() => got.length === 2);
    expect(got.map(({ type, seq }) => [type, seq])).toEqual([
      ['event', 2],
      ['event', 3],
    ]);
  });

  const wrong = [
    '',
    'life',
    'life.',
    'life.-1',
    'life.1e3',
    'life.9',
    'other.1',
    'life.99999999999999999',
    '%00',
  ];
  it.each(wrong)('begins with a snapshot for a reader who claims to stand at "%s"', async (since) => {
    move(1);
    const { got, until } = open(`/v1/stream?since=${since}`);
    await until(() => got.length === 1);
    expect(got[0]).toMatchObject({ type: 'snapshot', epoch: 'life', seq: 1 });
  });

  it('is closed with 1008 where there is no stream', async () => {
    expect(await open('/v1/other').closed).toEqual([1008, 'there is no such stream']);
  });

  it('is closed with 1013 to the fifty-first reader', async () => {
    const all = Array.from({ length: 50 }, () => open());
    await Promise.all(all.map(({ got, until }) => until(() => got.length === 1)));
    expect(await open().closed).toEqual([1013, 'too many consoles watch']);
    for (const { socket } of all) socket.terminate();
  });

  it('is closed with 1001 when the agent ends', async () => {
    const { got, until, closed } = open();
    await until(() => got.length === 1);
    stop();
    await listening.close();
    expect(await closed).toEqual([1001, 'the agent ends']);
  });

  it('ends for a reader that says more than a reader may, and for no other', async () => {
    const [loud, quiet] = [open(), open()];
    await Promise.all([loud, quiet].map(({ got, until }) => until(() => got.length === 1)));
    loud.socket.send('x'.repeat(10_000));
    expect((await loud.closed)[0]).toBe(1009);
    move(1);
    await quiet.until(() => quiet.got.length === 2);
  });
});

/** Places where a message is neither a snapshot nor the one after the message before. */
function holes(messages: readonly StreamMessage[]): number[] {
  return messages.flatMap(({ type, seq }, index) => {
    const before = messages[index - 1]?.seq ?? 0;
    return type === 'snapshot' || (type === 'beat' ? seq === before : seq === before + 1) ? [] : [seq];
  });
}

function folded(messages: readonly StreamMessage[]): Cluster | null {
  return messages.reduce<Cluster | null>((cluster, message) => {
    if (message.type === 'snapshot') return message.state;
    return message.type === 'event' && cluster !== null ? fold(cluster, message.event) : cluster;
  }, null);
}
