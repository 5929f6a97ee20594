import { resolve } from 'node:path';
import * as pty from '@lydell/node-pty';
import headless from '@xterm/headless';

const root = resolve(import.meta.dirname, '../..');
const patienceMs = 60_000;
/** Well past what the console takes for one moment (src/console/keys/keyboard.ts). */
const escPauseMs = 150;

/** Keys by the name an operator would say; anything else is typed as it stands. */
const keys: Record<string, string> = {
  Enter: '\r',
  Tab: '\t',
  Esc: '\x1b',
  Space: ' ',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Home: '\x1b[H',
  'Ctrl-C': '\x03',
  'Ctrl-L': '\x0c',
  'Ctrl-Z': '\x1a',
};

/** A real program on a real pty with a terminal emulator behind it: presses keys, waits for what the screen shows. */
export type App = {
  press(...names: string[]): void;
  /**
   * Waits until the screen shows the text; fails with the whole screen when it does not come, within a minute unless
   * more patience is asked for.
   */
  sees(text: string | RegExp, patienceMs?: number): Promise<void>;
  /** Waits until the screen no longer shows the text. */
  loses(text: string | RegExp): Promise<void>;
  /** Waits until something is so; `what` says it where it never comes. */
  shows(what: string, holds: () => boolean): Promise<void>;
  /** Somebody else writes to the terminal, past the program. */
  scribble(text: string): Promise<void>;
  screen(): string;
  resize(columns: number, rows: number): void;
  /** What the program asked the terminal to copy (OSC 52), in order. */
  copied(): string[];
  /** Every byte written so far. */
  written(): string;
  /** Waits for the end and answers the exit code and what stands on the normal screen. */
  ends(): Promise<{ exitCode: number; screen: string }>;
  kill(signal?: string): void;
  /** The terminal itself goes, as when its window is closed or its tmux is killed; answers when the program is gone. */
  hangUp(): Promise<void>;
  pid: number;
  /** The emulator, for whoever wants more of the screen than its text. */
  emulator: headless.Terminal;
};

type Options = { columns?: number; rows?: number; env?: Record<string, string> };

/** Starts `gravity-console` with these words in a terminal of this size. */
export function startApp(words: readonly string[], options: Options = {}): App {
  return startOn([resolve(root, 'bin/gravity-console.mjs'), ...words], options);
}

/** Starts a TypeScript program of the tree in a terminal. */
export function startProgram(file: string, options: Options = {}): App {
  return startOn([resolve(root, 'scripts/run-ts.mjs'), resolve(root, file)], options);
}

/** Starts any program in a terminal. */
export function startAny([path = '', ...argv]: readonly string[], options: Options = {}): App {
  return startOn(argv, options, path);
}

function startOn(argv: string[], options: Options, path = process.execPath): App {
  const { columns = 100, rows = 30, env = {} } = options;
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  const child = pty.spawn(path, argv, {
    cols: columns,
    rows,
    cwd: root,
    env: { ...plainEnv(), TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
  });
  const watchers = new Set<() => void>();
  const copied: string[] = [];
  terminal.parser.registerOscHandler(52, (data) => {
    copied.push(Buffer.from(data.replace(/^c;/, ''), 'base64').toString());
    return true;
  });
  const bytes: string[] = [];
  child.onData((data) => {
    bytes.push(data);
    terminal.write(data, () => {
      for (const look of [...watchers]) look();
    });
  });
  const exit = new Promise<number>((done) =>
    child.onExit(({ exitCode }) => terminal.write('', () => done(exitCode))),
  );
  const press = typing((text) => child.write(text));
  const screen = () => screenOf(terminal);
  const until = (what: string, holds: () => boolean, patience = patienceMs) =>
    waitUntil({ what, holds, screen, watchers, exit, patience });
  return {
    pid: child.pid,
    emulator: terminal,
    press,
    sees: (text, patience) => until(`see ${text}`, () => matches(screen(), text), patience),
    shows: (what, holds) => until(`show ${what}`, holds),
    scribble: (text) =>
      new Promise((done) =>
        terminal.write(text, () => {
          for (const look of [...watchers]) look();
          done();
        }),
      ),
    loses: (text) => until(`lose ${text}`, () => !matches(screen(), text)),
    screen,
    resize: (c, r) => {
      child.resize(c, r);
      terminal.resize(c, r);
    },
    copied: () => copied,
    written: () => bytes.join(''),
    ends: async () => ({ exitCode: await exit, screen: screen() }),
    kill: (signal = 'SIGKILL') => child.kill(signal),
    hangUp: async () => {
      // Not in the package's types: it closes our end of the pty, and what the program writes then fails.
      if ('destroy' in child && typeof child.destroy === 'function') child.destroy();
      await exit;
    },
  };
}

/**
 * Keys in the order they are pressed, each at once, but that a person's pause follows an Esc: in the same moment Esc and a
 * key are Alt and that key, to every program at a terminal.
 */
function typing(write: (text: string) => void): (...names: string[]) => void {
  let held: string[] | null = null;
  const press = (...names: string[]): void => {
    for (const name of names) {
      if (held !== null) held.push(name);
      else {
        const text = keys[name] ?? name;
        write(text);
        if (text === '\u001b') hold();
      }
    }
  };
  const hold = () => {
    const after: string[] = [];
    held = after;
    setTimeout(() => {
      held = null;
      press(...after);
    }, escPauseMs);
  };
  return press;
}

/** CI and colour settings of whoever runs the tests do not reach the program under test. */
function plainEnv(): Record<string, string> {
  const dropped = new Set([
    'CI',
    'NO_COLOR',
    'FORCE_COLOR',
    'TMUX',
    'NODE_ENV',
    'VITEST',
    'NODE_OPTIONS',
    'COLORTERM',
  ]);
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || dropped.has(name) ? [] : [[name, value]],
    ),
  );
}

function matches(screen: string, text: string | RegExp): boolean {
  return typeof text === 'string' ? screen.includes(text) : text.test(screen);
}

function screenOf(terminal: headless.Terminal): string {
  const buffer = terminal.buffer.active;
  const lines = Array.from(
    { length: terminal.rows },
    (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '',
  );
  return lines.join('\n');
}

function waitUntil(wait: {
  what: string;
  holds: () => boolean;
  screen: () => string;
  watchers: Set<() => void>;
  exit: Promise<number>;
  patience: number;
}): Promise<void> {
  const { what, holds, screen, watchers, exit, patience } = wait;
  return new Promise((done, fail) => {
    const stop = (settle: () => void) => {
      watchers.delete(look);
      clearTimeout(timer);
      settle();
    };
    const look = () => {
      if (holds()) stop(done);
    };
    const complain = (why: string) => stop(() => fail(new Error(`did not ${what}: ${why}\n${screen()}`)));
    const timer = setTimeout(() => complain(`${patience} ms went by`), patience);
    watchers.add(look);
    exit.then((code) => (holds() ? stop(done) : complain(`the program ended with ${code}`)));
    look();
  });
}
