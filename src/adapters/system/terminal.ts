import type { Terminal } from '../../ports.ts';

/** The terminal of this process. Input is raw while somebody listens. */
export function systemTerminal(): Terminal {
  return {
    isTty: process.stdout.isTTY === true && process.stdin.isTTY === true,
    size: () => ({ columns: process.stdout.columns ?? 80, rows: process.stdout.rows ?? 24 }),
    onResize(run) {
      process.stdout.on('resize', run);
      return () => void process.stdout.off('resize', run);
    },
    onInput(take) {
      const { stdin } = process;
      if (stdin.isTTY) stdin.setRawMode(true);
      stdin.setEncoding('utf8');
      stdin.on('data', take).resume();
      const cooked = () => {
        if (stdin.isTTY) stdin.setRawMode(false);
      };
      process.once('exit', cooked);
      return () => {
        process.off('exit', cooked);
        stdin.off('data', take).pause();
        cooked();
      };
    },
    output: process.stdout,
    // The group, not the process: the shell waits for whoever started us, a launcher or npx.
    suspend: () => void process.kill(0, 'SIGSTOP'),
    write: (text) => void process.stdout.write(text),
    borrow({ on, off }) {
      const giveBack = () => void process.stdout.write(off);
      process.stdout.write(on);
      process.once('exit', giveBack);
      return () => {
        process.off('exit', giveBack);
        giveBack();
      };
    },
    onSignal(signal, run) {
      process.on(signal, run);
      return () => void process.off(signal, run);
    },
    onFailure(run) {
      process.on('uncaughtException', run);
      return () => void process.off('uncaughtException', run);
    },
  };
}
