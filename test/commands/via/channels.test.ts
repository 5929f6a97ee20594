import { expect, test } from 'vitest';
import { type Channel, type Channels, createChannels } from '../../../src/commands/via/channels.ts';
import { encodeFrame, type Frame, frameReader } from '../../../src/commands/via/frame.ts';

test('frames come out whole, however the bytes were cut', () => {
  const frames: Frame[] = [
    { kind: 'open', channel: 1, bytes: bytes(0) },
    { kind: 'data', channel: 4_000_000_000, bytes: bytes(300) },
    { kind: 'pong', channel: 0, bytes: bytes(0) },
  ];
  const stream = Uint8Array.from(frames.flatMap((frame) => [...encodeFrame(frame)]));
  for (const size of [1, 2, 7, 9, 10, stream.length]) {
    const seen: Frame[] = [];
    const read = frameReader((frame) => seen.push(frame));
    for (let at = 0; at < stream.length; at += size) expect(read(stream.subarray(at, at + size))).toBe(true);
    expect(seen).toEqual(frames);
  }
});

test('bytes that are no frame are told, and not waited for', () => {
  expect(frameReader(() => {})(new TextEncoder().encode('bash: gravity-console: not found'))).toBe(false);
});

test('connections do not mix, and each ends by itself after its last byte', () => {
  const { near, accepted } = link();
  const [one, other] = [near.open(), near.open()];
  const said = accepted.map(record);
  one.write('first');
  other.write('second');
  one.end();
  expect(said.map(({ text }) => text())).toEqual(['first', 'second']);
  expect(said.map(({ closed }) => closed())).toEqual([true, false]);
});

test('a reader that stops taking holds up its own connection at a bounded amount, and no other', () => {
  const { near, accepted } = link();
  const [slow, quick] = [near.open(), near.open()];
  const [slowEnd, quickEnd] = accepted;
  const [slowSaid, quickSaid] = accepted.map(record);
  slowEnd?.pause();
  let fed = 0;
  while (!slow.full()) {
    slow.write(bytes(16 * 1024));
    fed += 16 * 1024;
  }
  expect(fed).toBe(128 * 1024);
  quick.write('through');
  expect(quickSaid?.text()).toBe('through');
  let room = false;
  slow.onRoom(() => {
    room = true;
  });
  slowEnd?.resume();
  expect(slowSaid?.text().length).toBe(fed);
  expect(room).toBe(true);
  expect(slow.full()).toBe(false);
  expect(quickEnd?.full()).toBe(false);
});

test('when the link is gone every connection is closed, after what had arrived', () => {
  const { near, accepted, far } = link();
  const mine = record(near.open());
  const [theirs] = accepted;
  theirs?.write('last words');
  near.drop();
  far.drop();
  expect(mine.text()).toBe('last words');
  expect(mine.closed()).toBe(true);
});

/** Two ends with nothing between them. */
function link(): { near: Channels; far: Channels; accepted: Channel[] } {
  const accepted: Channel[] = [];
  const far = createChannels({ send: (frame) => near.take(frame), accept: (one) => void accepted.push(one) });
  const near: Channels = createChannels({ send: (frame) => far.take(frame) });
  return { near, far, accepted };
}

function record(channel: Channel) {
  let text = '';
  let closed = false;
  channel.onData((chunk) => {
    text += new TextDecoder().decode(chunk);
  });
  channel.onClose(() => {
    closed = true;
  });
  return { text: () => text, closed: () => closed };
}

function bytes(length: number): Uint8Array {
  return new Uint8Array(length).fill(120);
}
