import type { Clock, Processes, Started } from '../../ports.ts';
import { cleanLine } from '../../protocol/clean.ts';
import { type Channels, createChannels } from './channels.ts';
import { encodeFrame, type Frame, frameReader, greeting, welcome } from './frame.ts';

/** One run of the command that reaches the far machine: its connections, when it is ready, and how it ended. */
export type Carrier = {
  channels: Channels;
  /** True when the far end answered, false when the command ended before it did. */
  ready: Promise<boolean>;
  /** Resolves when nothing can come over it any more, with a sentence that says why. */
  ended: Promise<string>;
  close(): void;
};

type World = { processes: Pick<Processes, 'start'>; clock: Clock };
type Asked = {
  words: readonly string[];
  /** Without a terminal of its own nothing can ask for a password in the middle of the screen. */
  ownGroup: boolean;
  /** What the command says on standard error before the far end answers. */
  onStderr(text: string): void;
};

/** A login that asks for a password may take this long. */
const patienceMs = 180_000;
const pingMs = 10_000;
const silentMs = 30_000;
/** What a login may write before the far end answers. */
const mostNoise = 256 * 1024;

/** Starts the command and speaks frames with the `gravity-console proxy` at its far end. */
export function carry({ processes, clock }: World, { words, ownGroup, onStderr }: Asked): Carrier {
  const [path = '', ...argv] = words;
  const started = processes.start({ path, argv, ownGroup });
  const ready = Promise.withResolvers<boolean>();
  const ended = Promise.withResolvers<string>();
  const stderr = lastLine(onStderr);
  let isReady = false;
  let isOver = false;
  let early: Frame[] = [];

  const send = (frame: Frame) => {
    if (isReady) started.writeStdin(encodeFrame(frame));
    else early.push(frame);
  };
  const channels = createChannels({ send });
  const over = (why: string) => {
    if (isOver) return;
    isOver = true;
    pulse.stop();
    started.kill('SIGTERM');
    ready.resolve(false);
    ended.resolve(why);
    channels.drop();
  };
  const pulse = takePulse(clock, {
    ping: () => void (isReady && send({ kind: 'ping', channel: 0, bytes: new Uint8Array() })),
    longestMs: () => (isReady ? silentMs : patienceMs),
    silent: (ms) => over(`nothing was heard for ${Math.round(ms / 1000)} s`),
  });
  const reader = afterWelcome({
    welcomed() {
      isReady = true;
      stderr.quiet();
      for (const frame of early) send(frame);
      early = [];
      ready.resolve(true);
    },
    read: frameReader(channels.take),
  });
  started.onStdout((chunk) => {
    pulse.heard();
    if (!reader(chunk)) over('what answers there is no gravity-console proxy of this version');
  });
  started.onStderr(stderr.take);
  started.writeStdin(greeting);
  void started.exited.then((exit) => over(stderr.line() || wordsOf(exit)));
  return { channels, ready: ready.promise, ended: ended.promise, close: () => over('it was closed') };
}

/** Asks for a sign of life every so often; `silent` is told of too long a silence. */
function takePulse(
  clock: Clock,
  how: { ping(): void; longestMs(): number; silent(ms: number): void },
): { heard(): void; stop(): void } {
  let last = clock.monotonic();
  const look = () => {
    const silence = clock.monotonic() - last;
    if (silence > how.longestMs()) return how.silent(silence);
    how.ping();
    cancel = clock.after(pingMs, look);
  };
  let cancel = clock.after(pingMs, look);
  return {
    heard() {
      last = clock.monotonic();
    },
    stop: () => cancel(),
  };
}

/** Passes over what comes before the welcome; then every byte is of a frame. False when it is none. */
function afterWelcome(how: { welcomed(): void; read: (chunk: Uint8Array) => boolean }) {
  let noise = '';
  let welcomed = false;
  return (chunk: Uint8Array): boolean => {
    if (welcomed) return how.read(chunk);
    // A character a byte, so that places in the text are places in the bytes.
    noise += Array.from(chunk, (byte) => String.fromCharCode(byte)).join('');
    const at = noise.indexOf(welcome);
    if (at < 0) return noise.length <= mostNoise;
    welcomed = true;
    how.welcomed();
    const rest = noise.slice(at + welcome.length);
    return how.read(Uint8Array.from(rest, (character) => character.charCodeAt(0)));
  };
}

function lastLine(tell: (text: string) => void) {
  const decoder = new TextDecoder();
  let tail = '';
  let quiet = false;
  return {
    take(chunk: Uint8Array) {
      const text = decoder.decode(chunk, { stream: true });
      if (!quiet) tell(text);
      tail = (tail + text).slice(-4096);
    },
    /** What a login said is no reason for what happens hours later. */
    quiet() {
      quiet = true;
      tail = '';
    },
    line: () =>
      cleanLine(tail.split('\n').findLast((line) => line.trim() !== '') ?? '')
        .trim()
        .slice(0, 300),
  };
}

type Exit = Awaited<Started['exited']>;

function wordsOf({ exitCode, signal, detail }: Exit): string {
  if (detail !== null) return cleanLine(detail);
  return signal === null ? `it ended with exit code ${exitCode}` : `it was ended by ${signal}`;
}
