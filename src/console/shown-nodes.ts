import { isCurrent } from '../model/health-age.ts';
import { nodeExpectation } from '../model/node-expectation.ts';
import { type NodeRow, nodeRows } from '../model/node-rows.ts';
import type { OutageCause } from '../model/outage/cause.ts';
import type { Probe } from '../protocol/health.ts';
import type { Scene } from './scene.ts';

/**
 * A node as the console shows it: what every source says of it, the failures as texts, and the leaf whose doing all that
 * is wrong with it is, no leaf when any of it is nobody's; null when nothing is known to be wrong.
 */
export type ShownNode = NodeRow & {
  /** Whether its state is known to be so now. */
  current: boolean;
  failed: readonly string[];
  warned: readonly string[];
  expected: OutageCause | null;
};

/** Every node any source names. */
export function nodesOf({ cluster, outages, now }: Pick<Scene, 'cluster' | 'outages' | 'now'>): ShownNode[] {
  const expectation = nodeExpectation(outages, now);
  return nodeRows(cluster).map((row) => {
    const told = cluster.status?.nodes?.find((one) => one.ip === row.ip);
    const failing = row.probes.filter((probe) => probe.state === 'failed');
    const critical = failing.filter((probe) => probe.severity !== 'warning');
    const known = row.probes.length > 0 && row.from !== 'status';
    return {
      ...row,
      current: isCurrent(row, cluster, now),
      failed: known ? critical.map(textOf) : (told?.failed ?? []),
      warned: known
        ? failing.filter((probe) => probe.severity === 'warning').map(textOf)
        : (told?.warnings ?? []),
      expected: expectation(row),
    };
  });
}

function textOf({ checker, text }: Probe): string {
  if (text === '') return checker;
  return text.includes(checker) ? text : `${checker}: ${text}`;
}
