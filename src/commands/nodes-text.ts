import type { NodesTwin } from '../protocol/twins.ts';
import { type MarkName, marks } from '../theme/marks.ts';
import { shortInstant } from './output-instant.ts';
import { bearable, table } from './output-table.ts';

type NodeTwin = NodesTwin['nodes'][number];

/** Nodes as lines: the cluster's health, a row for each node, then every failed probe. */
export function nodesText(twin: NodesTwin): string[] {
  const at = twin.at === null ? '' : ` at ${shortInstant(twin.at)}`;
  const rows = twin.nodes.map((node) => [
    `${markOf(node.state)} ${node.name}`,
    node.ip,
    node.role,
    node.state,
    failing(node, 'critical'),
    failing(node, 'warning'),
  ]);
  const probes = twin.nodes.flatMap(({ name, probes: all }) =>
    all
      .filter(({ state }) => state === 'failed')
      .map((probe) => [name, probe.checker, probe.severity, bearable(probe.text)]),
  );
  const unheard = twin.nodes.filter(({ state }) => state === 'unknown').length;
  const rest = unheard === 0 ? '' : `, ${unheard} of them unknown`;
  return [
    `health ${twin.state}${at}, ${twin.nodes.length} nodes${rest}`,
    ...spaced(table(['Node', 'Address', 'Role', 'State', 'Failed', 'Warnings'], rows)),
    ...spaced(table(['Node', 'Checker', 'Severity', 'Probe'], probes)),
  ];
}

/** A node that was not heard of has no count: nothing is known, which is not none. */
function failing(node: NodeTwin, severity: 'critical' | 'warning'): number | null {
  if (node.probes.length === 0 && node.state !== 'healthy') return null;
  return node.probes.filter((probe) => probe.state === 'failed' && probe.severity === severity).length;
}

function markOf(state: NodeTwin['state']): string {
  const names: Record<NodeTwin['state'], MarkName> = {
    healthy: 'healthy',
    degraded: 'degraded',
    offline: 'offline',
    unknown: 'unknown',
  };
  return marks[names[state]].mark;
}

function spaced(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}
