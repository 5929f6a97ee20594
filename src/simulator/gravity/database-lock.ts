import { type Fault, fault } from '../fault.ts';
import type { GravityProcess } from './process.ts';

const PATIENCE_MS = 30_000;

/** One process at a time holds the local database; gravity waits half a minute for it (client-facts 11). */
export async function waitForDatabase({ cluster, life }: GravityProcess): Promise<Fault | null> {
  const { lock, world } = cluster;
  if (lock === null || lock.ended()) return null;
  await Promise.race([world.clock.watch(PATIENCE_MS), lock.over, life.over]);
  if (lock.ended() || life.ended()) return null;
  return fault('database /var/lib/gravity/site/update/gravity.db is locked, is another instance running?');
}
