import { exitCodes } from '../protocol/exit-codes.ts';
import type { Context } from './context.ts';

/**
 * Opens something and waits until Ctrl-C or SIGTERM, which is a good end (0), or until it calls `stop` with an exit
 * code of its own; closes it either way.
 */
export function untilStopped(
  context: Context,
  open: (stop: (exit: number) => void) => { close(): void },
): Promise<number> {
  return new Promise((resolve) => {
    let opened: { close(): void } | null = null;
    const stop = (exit: number) => {
      for (const cancel of cancels) cancel();
      opened?.close();
      resolve(exit);
    };
    const cancels = (['SIGINT', 'SIGTERM'] as const).map((signal) =>
      context.terminal.onSignal(signal, () => stop(exitCodes.fine.code)),
    );
    opened = open(stop);
  });
}
