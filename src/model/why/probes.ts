import type { Cause } from '../../protocol/why.ts';
import { behindOf, type Expectation } from '../outage-verdict.ts';
import type { Asked } from './asked.ts';
import { nodeNamed } from './node-trouble.ts';
import { told } from './told.ts';

/** The failed probes of a node, since when and which leaf explains them. None where none is known to fail. */
export function probeCauses(asked: Asked, node: string | null): Cause[] {
  const row = node === null ? null : nodeNamed(asked, node);
  if (node === null || row === null) return [];
  if (row.state === 'offline' || row.vanished) return [told(asked, 'health', `${node} does not answer`)];
  const failed = row.probes.filter(({ state, severity }) => state === 'failed' && severity !== 'warning');
  const behind = behindOf(asked.cluster, asked.facts.now);
  const explained = failed.map((probe) => ({
    ...probe,
    is: behind({ node: row.name, checker: probe.checker }),
  }));
  const worstFirst = explained.toSorted((one, other) => weight(one.is) - weight(other.is));
  return worstFirst.slice(0, 4).map(({ checker, text, is }) => {
    const expected = verdict(is);
    return told(
      asked,
      'health',
      `${node}: ${checker} has failed${since(asked, { node: row, checker })}, ${expected}: ${text}`,
    );
  });
}

/** What nothing explains matters most. */
function weight({ phase }: Expectation): number {
  return phase === null ? 0 : 1;
}

function verdict({ phase, stopped }: Expectation): string {
  if (phase === null) return 'not expected';
  return stopped ? `because the plan stopped etcd with ${phase}` : 'expected now';
}

function since(
  { cluster }: Asked,
  { node, checker }: { node: { name: string; serf: string | null }; checker: string },
): string {
  const event = cluster.history.findLast(
    (each) =>
      each.checker === checker &&
      each.kind === 'probe.failed' &&
      (each.node === node.serf || each.node === node.name),
  );
  return event === undefined ? '' : ` since ${event.at.slice(11, 19)}`;
}
