import type { Database } from '../cluster/cluster.ts';
import { type Fault, fault } from '../fault.ts';
import type { GravityCommand } from './command-row.ts';
import type { GravityProcess } from './process.ts';

/** Where a database is, and how long gravity waits for it: for an update's half a minute, twice (client-facts 11). */
const DATABASES: Readonly<Record<Database, { path: string; patienceMs: number }>> = {
  local: { path: '/var/lib/gravity/local/gravity.db', patienceMs: 30_000 },
  update: { path: '/var/lib/gravity/site/update/gravity.db', patienceMs: 60_000 },
};

/** Commands that look for an operation, and so into the update's database. */
const OF_OPERATIONS = new Set(['plan', 'resume', 'rollback']);

/** One process at a time holds a database; a command waits for those it opens. */
export async function waitForDatabases(
  gravity: GravityProcess,
  { words, anybody }: GravityCommand,
): Promise<Fault | null> {
  if (anybody === true) return null;
  const locked = await waitFor(gravity, 'local');
  return locked ?? (OF_OPERATIONS.has(words[0] ?? '') ? waitFor(gravity, 'update') : null);
}

async function waitFor({ cluster, node, life }: GravityProcess, wanted: Database): Promise<Fault | null> {
  const { path, patienceMs } = DATABASES[wanted];
  const held = cluster.locks.filter((lock) => lock.node === node && lock.database === wanted);
  const open = held.filter((lock) => !lock.life.ended());
  if (open.length === 0) return null;
  const free = Promise.all(open.map((lock) => lock.life.over));
  await Promise.race([cluster.world.clock.watch(patienceMs), free, life.over]);
  if (life.ended() || open.every((lock) => lock.life.ended())) return null;
  return fault(`database ${path} is locked, is another instance running?`);
}
