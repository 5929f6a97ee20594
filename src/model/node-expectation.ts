import type { NodeRow } from './node-rows.ts';
import type { OutageCause } from './outage/cause.ts';
import type { Outages } from './outage/outages.ts';

/**
 * Tells of a node whether what is wrong with it is expected at `now` (epoch ms): the phase that causes it, no phase when
 * any of it is unexpected, null where nothing is known to be wrong. A node is only as expected as the least expected
 * failure on it. An unknown state is no failure, but it has a cause while a phase replaces the planet of that node.
 */
export function nodeExpectation(
  outages: Pick<Outages, 'causeOf'>,
  now: number,
): (row: NodeRow) => OutageCause | null {
  return (row) => {
    const causes = failedChecks(row).map((checker) => outages.causeOf({ node: row.name, checker }, now));
    const worst =
      causes.find(({ phase }) => phase === null) ??
      causes.find(({ stopped }) => stopped) ??
      causes[0] ??
      null;
    return worst?.phase === null && isOnlyUnknown(row) ? null : worst;
  };
}

/** The critical checks that fail, null for the node as a whole: it is silent, or nobody tells which they are. */
function failedChecks(row: NodeRow): (string | null)[] {
  if (row.vanished || row.state === 'offline') return [null];
  const critical = row.probes.filter(({ state, severity }) => state === 'failed' && severity !== 'warning');
  if (critical.length > 0) return critical.map(({ checker }) => checker);
  return row.state === 'healthy' ? [] : [null];
}

function isOnlyUnknown({ state, vanished }: NodeRow): boolean {
  return state === 'unknown' && !vanished;
}
