import type { Clock, Processes } from '../ports.ts';

/** Programs run to read something, and which nobody needs once the agent ends. */
export type Readings = {
  run: Processes['run'];
  /** Ends those under way, by force where they do not listen, and begins no more; takes 2 s at most. */
  end(): Promise<void>;
};

const endMs = 2_000;

/** Each is run in `cwd` where its command names no other directory. */
export function createReadings(
  { clock, processes }: { clock: Clock; processes: Pick<Processes, 'run'> },
  cwd: string,
): Readings {
  const underWay = new Set<Promise<unknown>>();
  const ending = new AbortController();
  return {
    async run(command, limits) {
      const mine = processes.run({ cwd, ...command }, { ...limits, stop: ending.signal });
      underWay.add(mine);
      try {
        return await mine;
      } finally {
        underWay.delete(mine);
      }
    },
    async end() {
      ending.abort();
      const waited = Promise.withResolvers<void>();
      const cancel = clock.after(endMs, waited.resolve);
      await Promise.race([Promise.allSettled(underWay), waited.promise]);
      cancel();
    },
  };
}
