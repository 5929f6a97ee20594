import { expect, test } from 'vitest';
import { createChannels } from '../../../src/commands/via/channels.ts';
import { encodeFrame, frameReader, greeting, welcome } from '../../../src/commands/via/frame.ts';
import { createLink } from '../../../src/commands/via/link.ts';
import type { Command, Started } from '../../../src/ports.ts';
import { handClock } from '../../driver/hand-clock.ts';

test('what a login writes first is passed over, and the far end hears the greeting before anything else', async () => {
  const { link, far } = stage();
  const connected = link.start(() => {});
  const one = far();
  one.says('Welcome to node-1\r\nLast login: today\r\n');
  one.says(welcome.slice(0, 7));
  one.says(welcome.slice(7));
  expect(await connected).toBeNull();
  expect(one.heard()).toBe(greeting);
  expect(link.problem()).toBeNull();
});

test('a connection opened before the far end answers waits for it', async () => {
  const { link, far } = stage();
  const connected = link.start(() => {});
  let answer = '';
  const peer = link.open();
  peer.onData((chunk) => {
    answer += new TextDecoder().decode(chunk);
  });
  peer.write('hello');
  far().answers();
  await connected;
  expect(answer).toBe('you said hello');
});

test('a command that ends before the far end answers is told by its last words', async () => {
  const { link, far } = stage();
  const said: string[] = [];
  const connected = link.start((text) => said.push(text));
  far().errs('Warning: Permanently added node-1\nroot@node-1: Permission denied (publickey).\n');
  far().ends(255);
  expect(await connected).toBe('root@node-1: Permission denied (publickey).');
  expect(said.join('')).toContain('Permanently added');
});

test('what answers and is no proxy is told', async () => {
  const { link, far } = stage();
  const connected = link.start(() => {});
  far().says(`${welcome}bash: line 1: gravity-console: command not found\n`);
  await connected;
  expect(link.problem()).toBe('what answers there is no gravity-console proxy of this version');
});

test('a link that is silent for 30 s is given up, and comes back without a terminal to ask at', async () => {
  const { link, far, clock, commands } = stage();
  const connected = link.start(() => {});
  far().answers();
  await connected;
  let closed = false;
  link.open().onClose(() => {
    closed = true;
  });
  await clock.advance(20_000);
  expect(closed).toBe(false);
  far().mute();
  await clock.advance(50_000);
  expect(closed).toBe(true);
  expect(far().killed()).toBe(true);
  expect(link.problem()).toMatch(/^nothing was heard for \d+ s$/);

  link.open();
  expect(commands.map(({ ownGroup }) => ownGroup)).toEqual([false, true]);
  far().answers();
  await new Promise(setImmediate);
  expect(link.problem()).toBeNull();
});

type Far = {
  says(text: string): void;
  errs(text: string): void;
  ends(exitCode: number): void;
  heard(): string;
  /** Welcomes, and answers as the proxy does, with an agent that repeats what it was told. */
  answers(): void;
  mute(): void;
  killed(): boolean;
};

/** A link on a command that does what the test says; `far` is the one started last. */
function stage() {
  const clock = handClock();
  const commands: Command[] = [];
  const ends: Far[] = [];
  const start = (command: Command) => {
    commands.push(command);
    const { started, far } = farEnd();
    ends.push(far);
    return started;
  };
  const link = createLink({ processes: { start }, clock }, ['ssh', 'node-1', 'gravity-console', 'proxy']);
  const far = (): Far => {
    const last = ends.at(-1);
    if (last === undefined) throw new Error('nothing was started');
    return last;
  };
  return { link, clock, commands, far };
}

function farEnd(): { started: Started; far: Far } {
  let heard = '';
  let killed = false;
  let muted = false;
  let listen: ((chunk: Uint8Array) => boolean) | null = null;
  let out: (chunk: Uint8Array) => void = () => {};
  let err: (chunk: Uint8Array) => void = () => {};
  const exited = Promise.withResolvers<Awaited<Started['exited']>>();
  const bytes = (text: string) => new TextEncoder().encode(text);
  const started: Started = {
    pid: 1,
    onStdout: (take) => {
      out = take;
    },
    onStderr: (take) => {
      err = take;
    },
    writeStdin(text) {
      if (listen !== null && typeof text !== 'string') listen(text);
      else heard += typeof text === 'string' ? text : new TextDecoder().decode(text);
    },
    endStdin: () => {},
    kill: () => {
      killed = true;
    },
    exited: exited.promise,
  };
  const far: Far = {
    says: (text) => out(bytes(text)),
    errs: (text) => err(bytes(text)),
    ends: (exitCode) => exited.resolve({ exitCode, signal: null, outcome: 'exited', detail: null }),
    heard: () => heard,
    answers() {
      const channels = createChannels({
        send: (frame) => (muted ? undefined : out(encodeFrame(frame))),
        accept: (channel) =>
          channel.onData((chunk) => channel.write(`you said ${new TextDecoder().decode(chunk)}`)),
      });
      listen = frameReader(channels.take);
      out(bytes(welcome));
    },
    mute: () => {
      muted = true;
    },
    killed: () => killed,
  };
  return { started, far };
}
