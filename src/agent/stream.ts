import type { Cancel, Clock, Peer } from '../ports.ts';
import type { Event } from '../protocol/event.ts';
import type { Position, StreamMessage } from '../protocol/stream.ts';
import type { Ledger } from './contracts.ts';
import type { Wheel } from './wheel.ts';

/** More than this waiting means a reader that does not keep up; below the second it may go on, from a fresh snapshot. */
const buffered = { most: 4 * 1024 * 1024, least: 64 * 1024 };
const beatMs = 10_000;
const catchUpMs = 1_000;
const mostReaders = 50;

export type Stream = {
  /** A new reader; `since` is where it stood, as EPOCH.SEQ. */
  open(peer: Peer, asked: { since: string | undefined; door: string }): void;
  start(): Cancel;
  readers(): number;
};

type World = { clock: Clock; ledger: Ledger; wheel: Pick<Wheel, 'renew'> };
type Reader = { peer: Peer; behind: boolean };

/**
 * Sends every event to every reader, written out once. Who falls behind gets nothing until it has read what waits,
 * then a snapshot: never a silent hole, and no more than a few megabytes of memory a reader.
 */
export function createStream({ clock, ledger, wheel }: World): Stream {
  const readers = new Set<Reader>();
  const send = (reader: Reader, text: () => string) => {
    if (reader.behind) return;
    if (reader.peer.buffered() > buffered.most) reader.behind = true;
    else reader.peer.send(text());
  };
  const snapshot = () => JSON.stringify({ type: 'snapshot', ...ledger.snapshot() });
  const toAll = (text: () => string) => {
    for (const reader of readers) send(reader, text);
  };
  const catchUp = () => {
    for (const reader of readers) {
      if (!reader.behind || reader.peer.buffered() > buffered.least) continue;
      reader.behind = false;
      send(reader, snapshot);
    }
  };
  return {
    open(peer, { since, door }) {
      if (readers.size >= mostReaders) return peer.close(1013, 'too many consoles watch');
      const reader = { peer, behind: false };
      peer.onClose(() => readers.delete(reader));
      peer.onMessage((text) => {
        if (door === 'operator') wheel.renew(heldBy(text));
      });
      const missed = ledger.since(positionOf(since) ?? nowhere);
      if (missed === null) send(reader, snapshot);
      else for (const { seq, event } of missed) send(reader, () => eventText(ledger, seq, event));
      // Who missed nothing hears so at once, and how fresh everything is.
      if (missed?.length === 0) send(reader, () => beatText(clock, ledger));
      readers.add(reader);
    },
    start() {
      const stopListening = ledger.subscribe(({ seq, event }) =>
        toAll(once(() => eventText(ledger, seq, event))),
      );
      const stopBeat = every(clock, beatMs, () => toAll(once(() => beatText(clock, ledger))));
      const stopCatchUp = every(clock, catchUpMs, catchUp);
      return () => {
        for (const stop of [stopListening, stopBeat, stopCatchUp]) stop();
        for (const { peer } of readers) peer.close(1001, 'the agent ends');
        readers.clear();
      };
    },
    readers: () => readers.size,
  };
}

const nowhere: Position = { epoch: '', seq: -1 };

/** An epoch is any text without a dot at its end; what is no position asks for a snapshot. */
function positionOf(since: string | undefined): Position | null {
  const [, epoch, seq] = /^(.+)\.(\d{1,15})$/.exec(since ?? '') ?? [];
  return epoch === undefined || seq === undefined ? null : { epoch, seq: Number(seq) };
}

function eventText(ledger: Ledger, seq: number, event: Event): string {
  return JSON.stringify({
    type: 'event',
    epoch: ledger.position().epoch,
    seq,
    event,
  } satisfies StreamMessage);
}

/** An unchanged reading is no event; the beat tells how fresh everything is. */
function beatText(clock: Clock, ledger: Ledger): string {
  const good = Object.values(ledger.state().sources).flatMap(({ source, lastGood }) =>
    lastGood === null ? [] : [[source, lastGood] as const],
  );
  return JSON.stringify({
    type: 'beat',
    ...ledger.position(),
    at: new Date(clock.now()).toISOString(),
    lastGood: Object.fromEntries(good),
  } satisfies StreamMessage);
}

/** `{"type":"hold","console":ID}` is the one thing a reader says. */
function heldBy(text: string): string | null {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null) return null;
    const { type, console }: { type?: unknown; console?: unknown } = message;
    return type === 'hold' && typeof console === 'string' ? console : null;
  } catch {
    return null;
  }
}

function once(make: () => string): () => string {
  let made: string | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function every(clock: Clock, ms: number, run: () => void): Cancel {
  let cancel = clock.after(ms, function again() {
    run();
    cancel = clock.after(ms, again);
  });
  return () => cancel();
}
