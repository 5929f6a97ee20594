import type { HistoryEvent } from '../cluster/cluster.ts';
import { goTime } from '../go-time.ts';
import { tabColumns } from './tab-columns.ts';

const GREEN = 32;
const RED = 31;
const YELLOW = 33;

const COLOURS: Readonly<Record<string, number>> = {
  NodeHealthy: GREEN,
  ProbeSucceeded: GREEN,
  ClusterHealthy: GREEN,
  NodeDegraded: RED,
  ProbeFailed: RED,
  ClusterDegraded: RED,
};

/** `gravity status history` (recordings/cli/status-history): oldest first, the whole line coloured. */
export function historyText(events: readonly HistoryEvent[]): string {
  if (events.length === 0) return 'No status history available to display.\n';
  return tabColumns(events.map(line));
}

function line({ at, kind, data }: HistoryEvent): string {
  const words = kind.replace(/(?!^)([A-Z])/g, ' $1');
  const cells = [`\u001b[${COLOURS[kind] ?? YELLOW}m${goTime.second(at)} [${words}]`, ...details(kind, data)];
  return `${cells.join('\t')}\u001b[0m`;
}

function details(kind: string, { node, probe, prev, new: next }: Record<string, string>): string[] {
  if (kind === 'LeaderElected')
    return [prev === undefined ? `new leader ${next}` : `leader changed ${prev} -> ${next}`];
  return [
    ...(node === undefined ? [] : [`node=${node}`]),
    ...(probe === undefined ? [] : [`checker=${probe}`]),
  ];
}
