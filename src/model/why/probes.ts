import type { Cause } from '../../protocol/why.ts';
import { silenceWords } from '../node-silence.ts';
import type { OutageCause } from '../outage/cause.ts';
import { timeDrift } from '../time-drift.ts';
import type { Asked } from './asked.ts';
import { nodeNamed } from './node-trouble.ts';
import { told } from './told.ts';

/** The failed probes of a node, since when and which leaf explains them. None where none is known to fail. */
export function probeCauses(asked: Asked, node: string | null): Cause[] {
  const row = node === null ? null : nodeNamed(asked, node);
  if (node === null || row === null) return [];
  if (row.state === 'offline' || row.vanished)
    return [
      told(asked, 'health', row.vanished ? `${node} does not answer` : `${node}: ${silenceWords(row)}`),
    ];
  const failed = row.probes.filter(({ state, severity }) => state === 'failed' && severity !== 'warning');
  const explained = failed.map((probe) => ({
    ...probe,
    is: asked.outages.causeOf({ node: row.name, checker: probe.checker }, asked.facts.now),
  }));
  const worstFirst = explained.toSorted((one, other) => weight(one.is) - weight(other.is));
  const drift = failed.some(({ checker }) => checker === 'time-drift') ? timeDrift(asked.cluster) : null;
  const causes = worstFirst.slice(0, 4).map(({ checker, text, is }) => {
    const expected = verdict(is);
    return told(
      asked,
      'health',
      `${node}: ${checker} has failed${since(asked, { node: row, checker })}, ${expected}: ${text}`,
    );
  });
  return drift === null ? causes : [told(asked, 'health', drift.said), ...causes];
}

/** What nothing explains matters most. */
function weight({ phase }: OutageCause): number {
  return phase === null ? 0 : 1;
}

function verdict({ phase, stopped }: OutageCause): string {
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
