import type { StreamPeer } from '../../ports.ts';
import type { Frame } from './frame.ts';

/** How much of one connection may be under way: a slow link keeps no more of it in any memory, and stays shared. */
const window = 128 * 1024;
const piece = 16 * 1024;

/** One connection of many over a link. */
export type Channel = StreamPeer & {
  /** True while the other side has not taken what was written: whoever feeds it waits for `onRoom`. */
  full(): boolean;
  onRoom(run: () => void): void;
};

export type Channels = {
  /** Opens one; the other side is told. */
  open(): Channel;
  take(frame: Frame): void;
  /** Ends all of them here, without a word to the other side: the link is gone. */
  drop(): void;
};

type World = { send(frame: Frame): void; accept?(channel: Channel): void };
type Line = { channel: Channel; take(frame: Frame): void; drop(): void };

/** The connections of one end of a link. Both ends are alike, but for `accept`, which only the far end has. */
export function createChannels({ send, accept }: World): Channels {
  const lines = new Map<number, Line>();
  let last = 0;
  const begin = (id: number): Line => {
    const line = createLine({ id, send, over: () => lines.delete(id) });
    lines.set(id, line);
    return line;
  };
  return {
    open() {
      last += 1;
      const { channel } = begin(last);
      send({ kind: 'open', channel: last, bytes: nothing });
      return channel;
    },
    take(frame) {
      if (frame.kind === 'ping') send({ ...frame, kind: 'pong' });
      else if (frame.kind === 'open') accept?.(begin(frame.channel).channel);
      else lines.get(frame.channel)?.take(frame);
    },
    drop() {
      for (const line of [...lines.values()]) line.drop();
    },
  };
}

const nothing = new Uint8Array();

type LineWorld = { id: number; send(frame: Frame): void; over(): void };

function createLine({ id, send, over }: LineWorld): Line {
  const sending = createSending((bytes) => send({ kind: 'data', channel: id, bytes }));
  const receiving = createReceiving((count) => send({ kind: 'credit', channel: id, bytes: numbered(count) }));
  let closed = false;
  const closing: (() => void)[] = [];
  const close = () => {
    if (closed) return;
    closed = true;
    over();
    for (const run of closing) run();
  };
  return {
    channel: {
      ...sending.channel,
      ...receiving.channel,
      write(bytes) {
        if (!closed) sending.write(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
      },
      end() {
        if (closed) return;
        sending.flush();
        send({ kind: 'close', channel: id, bytes: nothing });
        close();
      },
      onClose(run) {
        if (closed) run();
        else closing.push(run);
      },
    },
    take({ kind, bytes }) {
      if (kind === 'data') receiving.take(bytes);
      else if (kind === 'credit') sending.credit(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
      // What came before the end is read before it.
      else if (kind === 'close') receiving.afterwards(close);
    },
    drop: () => receiving.afterwards(close),
  };
}

function createSending(send: (bytes: Uint8Array) => void) {
  let waiting: Uint8Array[] = [];
  let room = window;
  const roomTakers: (() => void)[] = [];
  const pour = (limited: boolean) => {
    while (waiting.length > 0 && (!limited || room > 0)) {
      const [first = nothing, ...others] = waiting;
      const bytes = first.subarray(0, piece);
      waiting = first.length > piece ? [first.subarray(piece), ...others] : others;
      room -= bytes.length;
      send(bytes);
    }
  };
  return {
    channel: {
      full: () => waiting.length > 0 || room <= 0,
      onRoom: (run: () => void) => void roomTakers.push(run),
    },
    write(bytes: Uint8Array) {
      waiting.push(bytes);
      pour(true);
    },
    credit(count: number) {
      room += count;
      pour(true);
      if (waiting.length === 0 && room > 0) for (const run of roomTakers) run();
    },
    /** The last words go, whatever room there is: no more come after them. */
    flush: () => pour(false),
  };
}

function createReceiving(credit: (count: number) => void) {
  let taker: ((chunk: Uint8Array) => void) | null = null;
  let paused = false;
  let waiting: Uint8Array[] = [];
  let last: (() => void) | null = null;
  const pour = () => {
    while (taker !== null && !paused && waiting.length > 0) {
      const [first = nothing, ...others] = waiting;
      waiting = others;
      credit(first.length);
      taker(first);
    }
    if (waiting.length > 0 || last === null) return;
    const run = last;
    last = null;
    run();
  };
  return {
    channel: {
      onData(take: (chunk: Uint8Array) => void) {
        taker = take;
        pour();
      },
      pause() {
        paused = true;
      },
      resume() {
        paused = false;
        pour();
      },
    },
    take(bytes: Uint8Array) {
      waiting.push(bytes);
      pour();
    },
    afterwards(run: () => void) {
      last = run;
      pour();
    },
  };
}

function numbered(count: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, count);
  return bytes;
}
