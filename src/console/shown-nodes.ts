import { type NodeRow, nodeRows } from '../model/node-rows.ts';
import type { Failure, OutageCause } from '../model/outage/cause.ts';
import type { Probe } from '../protocol/health.ts';
import type { Scene } from './scene.ts';

/**
 * A node as the console shows it: what every source says of it, the failures as texts, and the leaf whose doing all that
 * is wrong with it is, no leaf when any of it is nobody's; null when nothing is known to be wrong.
 */
export type ShownNode = NodeRow & {
  failed: readonly string[];
  warned: readonly string[];
  expected: OutageCause | null;
};

/** Every node any source names. */
export function nodesOf({ cluster, outages, now }: Pick<Scene, 'cluster' | 'outages' | 'now'>): ShownNode[] {
  const causeOf = (failure: Failure) => outages.causeOf(failure, now);
  return nodeRows(cluster).map((row) => {
    const told = cluster.status?.nodes?.find((one) => one.ip === row.ip);
    const failing = row.probes.filter((probe) => probe.state === 'failed');
    const critical = failing.filter((probe) => probe.severity !== 'warning');
    const known = row.probes.length > 0;
    return {
      ...row,
      failed: known ? critical.map(textOf) : (told?.failed ?? []),
      warned: known
        ? failing.filter((probe) => probe.severity === 'warning').map(textOf)
        : (told?.warnings ?? []),
      expected: expectationOf(row, critical, causeOf),
    };
  });
}

/** A node is only as expected as the least expected thing wrong with it. */
function expectationOf(
  row: NodeRow,
  critical: readonly Probe[],
  causeOf: (failure: Failure) => OutageCause,
): OutageCause | null {
  const silent = row.vanished || row.state === 'offline';
  if (!silent && row.state !== 'degraded' && critical.length === 0) return null;
  const wrong = silent ? [null] : critical.map(({ checker }) => checker);
  const told = wrong.map((checker) => causeOf({ node: row.name, checker }));
  return (
    told.find(({ phase }) => phase === null) ??
    told.find(({ stopped }) => stopped) ??
    told[0] ?? { phase: null }
  );
}

function textOf({ checker, text }: Probe): string {
  if (text === '') return checker;
  return text.includes(checker) ? text : `${checker}: ${text}`;
}
