import type { NodeRow } from './node-rows.ts';
import type { OutageCause } from './outage/cause.ts';
import type { Outages } from './outage/outages.ts';

/**
 * Tells of a node whether what is wrong with it is expected at `now` (epoch ms): the phase that causes it, no phase when
 * any of it is unexpected, null where nothing is known to be wrong. A node is only as expected as the least expected
 * failure on it.
 */
export function nodeExpectation(
  outages: Pick<Outages, 'causeOf'>,
  now: number,
): (row: NodeRow) => OutageCause | null {
  return (row) => {
    const critical = row.probes.filter(({ state, severity }) => state === 'failed' && severity !== 'warning');
    const silent = row.vanished || row.state === 'offline';
    if (!silent && row.state !== 'degraded' && critical.length === 0) return null;
    const wrong = silent ? [null] : critical.map(({ checker }) => checker);
    const causes = wrong.map((checker) => outages.causeOf({ node: row.name, checker }, now));
    return (
      causes.find(({ phase }) => phase === null) ??
      causes.find(({ stopped }) => stopped) ??
      causes[0] ?? { phase: null }
    );
  };
}
