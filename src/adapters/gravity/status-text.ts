import { clean } from '../../protocol/clean.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import type { Status } from '../../protocol/status.ts';
import { readAlertLines } from './status-text-alerts.ts';
import { readNodeLines } from './status-text-nodes.ts';
import { readOperationLines } from './status-text-operations.ts';
import { section } from './text-section.ts';

/**
 * `gravity status` in text (data.md 3.2; recordings/cli/status-text-*): what the text leaves out is null, dates get
 * their year from `now` (epoch ms). Gravity always ends with the nodes or with why it could not collect them; a text
 * with neither, or with a node that has no status, is cut off. The join token is never taken.
 */
export function readStatusText(text: string, now: number): Reading<Status> {
  const lines = clean(text).split('\n');
  if (!looksLikeStatus(text))
    return unread('answer.wrong-shape', 'the status has no line that begins Cluster');
  const nodes = readNodeLines(section(lines, 'Cluster nodes:'));
  const uncollected = lines.some((line) => /failed to collect/i.test(line));
  const cut =
    !text.endsWith('\n') || (nodes === null ? !uncollected : nodes.some(({ state }) => state === 'cut'));
  if (cut) return unread('answer.truncated', `the status is cut off after ${text.length} characters`);
  return read(toStatus(lines, nodes, now), ['year-assumed']);
}

/** Whether a text is the output of `gravity status`. */
export function looksLikeStatus(text: string): boolean {
  return /^(Cluster (name|status|image|nodes)|Application):/m.test(clean(text));
}

function toStatus(lines: string[], nodes: ReturnType<typeof readNodeLines>, now: number): Status {
  const state = /^(\S+)(?: \((.*)\))?$/.exec(value(lines, 'Cluster status') ?? '');
  const versions = /^(\S+) \(client\)(?: \/ (\S+) \(server\))?/.exec(value(lines, 'Gravity version') ?? '');
  const name = value(lines, 'Cluster name');
  return {
    cluster: name === '<unknown>' ? null : name,
    state: state?.[1] ?? null,
    reason: reasons[state?.[2] ?? ''] ?? state?.[2] ?? null,
    image: toImage(value(lines, 'Cluster image') ?? value(lines, 'Application')),
    cloudProvider: value(lines, 'Cloud provider'),
    clientVersion: known(versions?.[1]),
    serverVersion: known(versions?.[2]),
    systemStatus: nodes === null ? 'unknown' : state?.[1] === 'degraded' ? 'degraded' : 'running',
    operation: readOperationLines(section(lines, 'Last completed operation:'), now)[0] ?? null,
    activeOperations: readOperationLines(section(lines, 'Active operations:'), now),
    endpoints: {
      authGateway: addresses(section(lines, 'Cluster endpoints:'), 'Authentication gateway'),
      ui: addresses(section(lines, 'Cluster endpoints:'), 'Cluster management URL'),
    },
    nodes:
      nodes?.map(({ state: nodeState, ...node }) => ({
        ...node,
        state: nodeState === 'cut' ? 'unknown' : nodeState,
      })) ?? null,
    alerts: readAlertLines(section(lines, 'Cluster alerts:')),
    localChecks: [],
  };
}

/** The text of a reason back to its word (data.md 5.1). */
const reasons: Readonly<Record<string, string>> = {
  'the license is not valid': 'license_invalid',
  'application status check failed': 'status_check_failed',
  'one or more of cluster nodes are not healthy': 'cluster_degraded',
};

function value(lines: readonly string[], key: string): string | null {
  const line = lines.find((candidate) => candidate.startsWith(`${key}:`));
  return line?.slice(key.length + 1).trim() || null;
}

function known(version: string | undefined): string | null {
  return version === undefined || version === 'n/a' ? null : version;
}

function toImage(text: string | null): Status['image'] {
  const found = /^(.*?),? version (\S+)$/.exec(text ?? '');
  return found === null ? null : { name: found[1] ?? '', version: found[2] ?? '' };
}

/** The `- address` lines below one `* name:` line. */
function addresses(lines: readonly string[] | null, name: string): string[] {
  const start = lines?.findIndex((line) => line.includes(`* ${name}:`)) ?? -1;
  if (lines === null || start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !/^\s+- /.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).map((line) => line.replace(/^\s+- /, '').trim());
}
