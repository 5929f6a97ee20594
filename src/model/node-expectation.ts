import type { Cluster } from '../protocol/cluster.ts';
import type { NodeRow } from './node-rows.ts';
import { behindOf, type Expectation } from './outage-verdict.ts';

/**
 * Tells of a node whether what is wrong with it is expected at `now` (epoch ms): the phase that causes it, no phase when
 * any of it is unexpected, null where nothing is known to be wrong. A node is only as expected as the least expected
 * failure on it.
 */
export function nodeExpectation(cluster: Cluster, now: number): (row: NodeRow) => Expectation | null {
  const behind = behindOf(cluster, now);
  return (row) => {
    const critical = row.probes.filter(({ state, severity }) => state === 'failed' && severity !== 'warning');
    const silent = row.vanished || row.state === 'offline';
    if (!silent && row.state !== 'degraded' && critical.length === 0) return null;
    const wrong = silent ? [null] : critical.map(({ checker }) => checker);
    const causes = wrong.map((checker) => behind({ node: row.name, checker }));
    return (
      causes.find(({ phase }) => phase === null) ??
      causes.find(({ stopped }) => stopped) ??
      causes[0] ?? { phase: null }
    );
  };
}
