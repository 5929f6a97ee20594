import { isCurrent } from '../model/health-age.ts';
import { type NodeRow, nodeRows } from '../model/node-rows.ts';
import { behindOf, type Expectation } from '../model/outage-verdict.ts';
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
  expected: Expectation | null;
};

/** Every node any source names. */
export function nodesOf({ cluster, now }: Pick<Scene, 'cluster' | 'now'>): ShownNode[] {
  const behind = behindOf(cluster, now);
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
      expected: expectationOf(row, critical, behind),
    };
  });
}

/** A node is only as expected as the least expected thing wrong with it. */
function expectationOf(
  row: NodeRow,
  critical: readonly Probe[],
  behind: ReturnType<typeof behindOf>,
): Expectation | null {
  const silent = row.vanished || row.state === 'offline';
  if (!silent && row.state !== 'degraded' && critical.length === 0) return null;
  const wrong = silent ? [null] : critical.map(({ checker }) => checker);
  const told = wrong.map((checker) => behind({ node: row.name, checker }));
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
