import { type Fault, fault } from '../fault.ts';
import type { GravityProcess } from './process.ts';

/** What reaches into the cluster's own store is done on a master (commands.md 1). */
export function notAMaster({ cluster, node }: GravityProcess): Fault | null {
  if (cluster.nodes.get(node)?.role !== 'node') return null;
  return fault('this operation can only be executed on one of the master nodes');
}
