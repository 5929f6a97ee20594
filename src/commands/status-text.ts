import type { StatusTwin } from '../protocol/twins.ts';
import { shortInstant } from './output-instant.ts';
import { bearable, type TableCell, table } from './output-table.ts';

/** A status as lines: the cluster, then operations, nodes, alerts and sources, each only where there are some. */
export function statusText(twin: StatusTwin): string[] {
  const reason = twin.reason === null ? '' : ` (${twin.reason})`;
  const image = twin.image === null ? 'unknown' : `${twin.image.name} ${twin.image.version}`;
  return [
    `cluster  ${twin.cluster ?? 'unknown'}`,
    `state    ${twin.state ?? 'unknown'}${reason}`,
    `image    ${image}`,
    ...(twin.nodes.length === 0 ? ['nodes    unknown'] : []),
    ...section(
      ['Operation', 'State', 'Created', 'Id'],
      twin.operations.map((each) => [operationWords(each), each.state, shortInstant(each.created), each.id]),
    ),
    ...section(
      ['Node', 'Address', 'Role', 'Profile', 'State', 'Access'],
      twin.nodes.map((node) => [node.name, node.ip, node.role, node.profile, node.state, node.access]),
    ),
    ...twin.nodes.flatMap(({ name, failed, warnings }) => [
      ...failed.map((text) => `× ${name}: ${bearable(text)}`),
      ...warnings.map((text) => `! ${name}: ${bearable(text)}`),
    ]),
    ...section(
      ['Alert', 'Severity', 'Since', 'Message'],
      twin.alerts.map((alert) => [alert.name, alert.severity, shortInstant(alert.since), alert.message]),
    ),
    ...section(
      ['Source', 'State', 'Last good'],
      twin.sources.map((source) => [source.source, source.state, shortInstant(source.at)]),
    ),
  ];
}

function operationWords({ description, type, progress, state }: StatusTwin['operations'][number]): string {
  const name = description || type;
  const ended = state === 'completed' || state === 'failed';
  return progress === null || ended ? name : `${name}: ${progress}`;
}

function section(heads: readonly string[], rows: readonly (readonly TableCell[])[]): string[] {
  return rows.length === 0 ? [] : ['', ...table(heads, rows)];
}
