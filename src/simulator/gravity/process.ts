import type { Cluster } from '../cluster/cluster.ts';
import { newRun, type Run } from '../engine/run.ts';
import type { Life } from '../life.ts';

/** A `gravity` somebody started: by whom, where, and where its two streams go. */
export type GravityStart = {
  cluster: Cluster;
  argv: readonly string[];
  uid: number;
  /** The host it was started on. */
  node: string;
  life: Life;
  out(text: string): void;
  err(text: string): void;
  /** The next line of standard input, null at its end. */
  readLine(): Promise<string | null>;
};

/** One that knows its flags. */
export type GravityProcess = GravityStart & {
  /** Standard output, silent with --quiet; what goes to `out` is not (client-facts 3, 18). */
  print(text: string): void;
};

export type Exit = { code: number } | { signal: 'SIGKILL' };

/** A process as the engine sees it. */
export function engineRun(gravity: GravityProcess): Run {
  return newRun(gravity.cluster.world, gravity.node, gravity.life, (line) => gravity.out(`${line}\n`));
}
