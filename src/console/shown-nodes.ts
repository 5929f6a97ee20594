import { expectedOutages, isExpected } from '../model/expected-outage.ts';
import { type NodeRow, nodeRows } from '../model/node-rows.ts';
import type { Probe } from '../protocol/health.ts';
import type { Scene } from './scene.ts';

/**
 * A node as the console shows it: what every source says of it, the failures as texts, and whether all that is wrong
 * with it is expected while the leaf in progress runs; null when nothing is wrong.
 */
export type ShownNode = NodeRow & {
  failed: readonly string[];
  warned: readonly string[];
  expected: boolean | null;
};

/** Every node any source names. */
export function nodesOf({ cluster, now }: Pick<Scene, 'cluster' | 'now'>): ShownNode[] {
  const outages = expectedOutages(cluster, now);
  return nodeRows(cluster).map((row) => {
    const told = cluster.status?.nodes?.find((one) => one.ip === row.ip);
    const failing = row.probes.filter((probe) => probe.state === 'failed');
    const critical = failing.filter((probe) => probe.severity !== 'warning');
    const silent = row.vanished || row.state === 'offline';
    const wrong = silent ? [null] : critical.map((probe) => probe.checker);
    const known = row.probes.length > 0;
    return {
      ...row,
      failed: known ? critical.map(textOf) : (told?.failed ?? []),
      warned: known
        ? failing.filter((probe) => probe.severity === 'warning').map(textOf)
        : (told?.warnings ?? []),
      expected:
        wrong.length === 0
          ? null
          : wrong.every((checker) => isExpected(outages, { node: row.name, checker })),
    };
  });
}

function textOf({ checker, text }: Probe): string {
  if (text === '') return checker;
  return text.includes(checker) ? text : `${checker}: ${text}`;
}
