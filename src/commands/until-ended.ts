import type { Context } from './context.ts';

const WATCH_MS = 500;

/** Resolves when a signal asks us to end, or the process `parent` is there no more. */
export function untilEnded({ terminal, clock, processes }: Context, parent: number | null): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) terminal.onSignal(signal, resolve);
    if (parent === null) return;
    const birth = processes.birth(parent);
    const look = (): void => {
      if (birth === null || processes.birth(parent) !== birth) resolve();
      else clock.after(WATCH_MS, look);
    };
    look();
  });
}
