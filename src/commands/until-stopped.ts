import { exitCodes } from '../protocol/exit-codes.ts';
import type { Context } from './context.ts';

/**
 * Opens something and waits until Ctrl-C or SIGTERM, or until nobody reads the output (`| head`), which are good ends
 * (0), or until it calls `stop` with an exit code of its own; closes it either way.
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
    const done = () => stop(exitCodes.fine.code);
    const cancels = [
      ...(['SIGINT', 'SIGTERM'] as const).map((signal) => context.terminal.onSignal(signal, done)),
      context.streams.onReaderGone(done),
    ];
    opened = open(stop);
  });
}
