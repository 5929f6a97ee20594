import { goTime } from '../go-time.ts';
import type { GravityProcess } from './process.ts';

/** A timestamped line of progress: the stamp in bold (data.md 4.8). */
export function printStep({ cluster, print }: GravityProcess, text: string): void {
  print(`\u001b[1m${goTime.line(cluster.world.clock.now())}\u001b[0m\t${text}\n`);
}
