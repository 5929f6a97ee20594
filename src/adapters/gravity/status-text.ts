import { clean } from '../../protocol/clean.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import type { Status } from '../../protocol/status.ts';
import { type StatusLines, sortStatusLines } from './status-lines.ts';
import { readAlertLines } from './status-text-alerts.ts';
import { statusTextProblem } from './status-text-end.ts';
import { type ReadNode, type ReadNodes, readNodeLines } from './status-text-nodes.ts';
import { readOperationLines } from './status-text-operations.ts';

/**
 * `gravity status` in text, 5.0 to 9.0 (data.md 3.2; recordings/cli/status-text-*; test/cases): what the text leaves out
 * is null, dates get their year from `now` (epoch ms). The join token is never taken.
 */
export function readStatusText(text: string, now: number): Reading<Status> {
  const whole = clean(text);
  if (!looksLikeStatus(whole))
    return unread('answer.wrong-shape', 'the status has no line that begins Cluster');
  if (isOldLayout(whole)) {
    return unread('saved.old-layout', 'the status has the layout of gravity 3 or 4, which is not understood');
  }
  const lines = sortStatusLines(whole);
  const nodes = nodesOf(whole, lines);
  const problem = nodes === 'uncollected' ? null : statusTextProblem(whole, lines, nodes);
  if (problem !== null) return { ok: false, problem };
  return read(toStatus(lines, nodes === 'uncollected' ? null : nodes, now), ['year-assumed']);
}

/** Whether a text is the output of `gravity status`. */
export function looksLikeStatus(text: string): boolean {
  return /^(Cluster (name|status|image|nodes)|Cluster|Application):/m.test(clean(text));
}

/** Up to 4.x nodes have no state and no bullet: `node-2 (10.20.0.5), Tue May  2 16:26 UTC`. */
function isOldLayout(text: string): boolean {
  return (
    /^Cluster: *\S+, created at /m.test(text) || (/^Status: /m.test(text) && !/^Cluster status:/m.test(text))
  );
}

function nodesOf(text: string, lines: StatusLines): ReadNodes | 'uncollected' | null {
  const under = lines.under('Cluster nodes', 'Cluster');
  const nodes = under === null ? null : readNodeLines(under);
  const uncollected = /failed to collect/i.test(text) && !nodes?.nodes.length;
  return uncollected ? 'uncollected' : nodes;
}

function toStatus(lines: StatusLines, read: ReadNodes | null, now: number): Status {
  const state = /^(\S+)(?: \((.*)\))?$/.exec(lines.value('Cluster status') ?? '');
  const versions = /^(\S+) \(client\)(?: \/ (\S+) \(server\))?/.exec(lines.value('Gravity version') ?? '');
  const endpoints = lines.under('Cluster endpoints');
  return {
    cluster: clusterName(lines),
    state: state?.[1] ?? null,
    reason: reasons[state?.[2] ?? ''] ?? state?.[2] ?? null,
    image: toImage(lines.value('Cluster image') ?? lines.value('Application')),
    cloudProvider: lines.value('Cloud provider'),
    clientVersion: known(versions?.[1]),
    serverVersion: known(versions?.[2]),
    systemStatus: systemStatus(state?.[1] ?? null, read),
    operation: readOperationLines(lines.under('Last completed operation', 'Last operation'), now)[0] ?? null,
    activeOperations: readOperationLines(lines.under('Active operations'), now),
    endpoints: {
      authGateway: addresses(endpoints, 'Authentication gateway'),
      ui: addresses(endpoints, 'Cluster management URL'),
    },
    nodes: read?.nodes.map(toNode) ?? null,
    alerts: readAlertLines(lines.under('Cluster alerts')),
    localChecks: [],
  };
}

/** 5.4 names the cluster behind the heading of its nodes, 5.2 behind `Cluster:`. */
function clusterName(lines: StatusLines): string | null {
  const name = ['Cluster name', 'Cluster nodes', 'Cluster'].map(lines.value).find((value) => value !== null);
  return name === undefined || name === '<unknown>' ? null : name;
}

/** The text prints no status of the system: a state or a node that is bad makes it degraded. */
function systemStatus(state: string | null, read: ReadNodes | null): Status['systemStatus'] {
  if (read === null) return 'unknown';
  const bad = read.nodes.some((node) => node.state === 'degraded' || node.state === 'offline');
  return state === 'degraded' || bad ? 'degraded' : 'running';
}

function toNode({ state, access, ...node }: ReadNode): NonNullable<Status['nodes']>[number] {
  return { ...node, state: state ?? 'unknown', access: access ?? 'unknown' };
}

/** The text of a reason back to its word (data.md 5.1). */
const reasons: Readonly<Record<string, string>> = {
  'the license is not valid': 'license_invalid',
  'application status check failed': 'status_check_failed',
  'one or more of cluster nodes are not healthy': 'cluster_degraded',
};

function known(version: string | undefined): string | null {
  return version === undefined || version === 'n/a' ? null : version;
}

function toImage(text: string | null): Status['image'] {
  const found = /^(.*?),? version (\S+)$/.exec(text ?? '');
  return found === null ? null : { name: found[1] ?? '', version: found[2] ?? '' };
}

/** The `- address` lines below one `* name:` line. */
function addresses(lines: readonly string[] | null, name: string): string[] {
  const start = lines?.findIndex((line) => line.startsWith(`* ${name}:`)) ?? -1;
  if (lines === null || start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith('- '));
  return (end < 0 ? rest : rest.slice(0, end)).map((line) => line.slice(2).trim());
}
