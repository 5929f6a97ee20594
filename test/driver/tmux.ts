import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const patienceMs = 60_000;

/** A real tmux server of its own with one window that runs `gravity-console`. */
export type Tmux = {
  press(...names: string[]): void;
  sees(text: string | RegExp): Promise<void>;
  screen(): string;
  /** What was copied into it last. */
  buffer(): string;
  /** The server goes, and with it every program in it. */
  kill(): void;
};

/**
 * Starts it at this size. A client in control mode tells of every change of the pane, so that the test waits for events
 * and not for time.
 */
export function startTmux(words: readonly string[], size: { columns: number; rows: number }): Tmux {
  return startTmuxOn([process.execPath, resolve(root, 'bin/gravity-console.mjs'), ...words], size);
}

/** The same with any program in the window. */
export function startTmuxOn(program: readonly string[], size: { columns: number; rows: number }): Tmux {
  const folder = mkdtempSync(join(tmpdir(), 'gravity-console-tmux-'));
  const socket = join(folder, 'socket');
  const tmux = (...argv: string[]) =>
    spawnSync('tmux', ['-S', socket, ...argv], { encoding: 'utf8', env: environment() });
  tmux(
    '-f',
    '/dev/null',
    'new-session',
    '-d',
    '-x',
    String(size.columns),
    '-y',
    String(size.rows),
    ...program,
  );
  const control = spawn('tmux', ['-S', socket, '-C', 'attach'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: environment(),
  });
  control.stdin.write(`refresh-client -C ${size.columns}x${size.rows}\n`);
  const screen = () => tmux('capture-pane', '-p').stdout;
  return {
    press: (...names) => tmux('send-keys', ...names),
    screen,
    buffer: () => tmux('show-buffer').stdout,
    sees: (text) =>
      new Promise((done, fail) => {
        const look = () => {
          const shown = screen();
          if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) settle(done);
        };
        const settle = (end: () => void) => {
          clearTimeout(timer);
          control.stdout.off('data', look);
          end();
        };
        const timer = setTimeout(
          () => settle(() => fail(new Error(`did not see ${text}\n${screen()}`))),
          patienceMs,
        );
        control.stdout.on('data', look);
        look();
      }),
    kill: () => {
      tmux('kill-server');
      control.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Neither the tmux nor the CI of whoever runs the tests reaches the one under test. */
function environment(): Record<string, string | undefined> {
  const { TMUX: _, CI: __, ...rest } = process.env;
  return { ...rest, LANG: 'C.UTF-8', TERM: 'xterm-256color' };
}
