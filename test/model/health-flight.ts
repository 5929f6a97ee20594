import { readStatusBody } from '../../src/adapters/satellite/status-body.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import { healthChanges } from '../../src/model/health-changes.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { Health } from '../../src/protocol/health.ts';
import type { Reading } from '../../src/protocol/problem.ts';
import { recordingText } from '../recordings.ts';

/** A failed probe of a view: checker, detail, error, severity. */
export type FailedProbe = [checker: string, detail: string, error: string, severity: string | null];
export type ViewedNode = [node: string, status: string | null, member: string | null, failed: FailedProbe[]];

/** What one endpoint served from `seen` on; no body while it answered nobody. */
export type View = {
  seen: string;
  endpoint: string;
  at: string | null;
  body: { status: number; state: string | null; summary: string | null; nodes: ViewedNode[] } | null;
};

/** The views of one endpoint of recordings/satellite/flight, in order; a line that is torn is left out. */
export function viewsOf(endpoint: string): View[] {
  const lines = recordingText('satellite/flight/views.log').trimEnd().split('\n');
  return lines.flatMap((line) => {
    const [, time, whose, at, rest = ''] = /^(\d\d:\d\d:\d\d\.\d+) (n\d) (\S+) (\[.*)$/.exec(line) ?? [];
    if (whose !== endpoint || time === undefined || at === undefined) return [];
    const [status, state, summary, nodes] = JSON.parse(rest);
    const body = status === 'ERR' ? null : { status, state, summary, nodes };
    return [{ seen: `2026-11-28T${time}Z`, endpoint, at: at === 'None' ? null : at, body }];
  });
}

/** The checkers of which a fine row is there whenever none of theirs fails (satellite.md 7). */
const always = ['docker', 'dns', 'node-status', 'disk-space', 'nethealth-checker', 'etcd-healthz'];
const onMasters = ['kube-apiserver', 'time-drift', 'system-pods-checker', 'ping-checker'];

/** The view as the endpoint serves it, read by the adapter. */
export function readingOf({ at, seen, body }: View): Reading<Health> | null {
  if (body === null) return null;
  const document = {
    ...(body.state === null ? {} : { status: body.state }),
    ...(body.nodes.length === 0 ? {} : { nodes: body.nodes.map(nodeBody) }),
    ...(at === null ? {} : { timestamp: at }),
    ...(body.summary === null ? {} : { summary: body.summary }),
  };
  return readStatusBody({
    ok: true,
    status: body.status,
    headers: { Date: new Date(seen).toUTCString() },
    body: new TextEncoder().encode(JSON.stringify(document)),
    durationMs: 10,
  });
}

function nodeBody([node, status, member, failed]: ViewedNode) {
  const name = `127_0_7_${node}.lab`;
  const role = node === '4' ? 'node' : 'master';
  const known = { addr: `127.0.7.${node}:7496`, status: member, tags: { publicip: `127.0.7.${node}`, role } };
  const member_status = { name, ...(member === null ? {} : known) };
  if (status === null) return { name, member_status };
  const fine = [...always, ...(role === 'master' ? onMasters : [])].filter(
    (checker) => !failed.some(([each]) => each === checker),
  );
  const probes = [
    ...fine.map((checker) => ({ checker, status: 'running' })),
    ...failed.map(([checker, detail, error, severity]) => ({
      checker,
      ...(detail ? { detail } : {}),
      status: 'failed',
      ...(error ? { error } : {}),
      ...(severity === null ? {} : { severity }),
    })),
  ];
  return { name, member_status, status, probes };
}

/** What an agent at this endpoint writes down, view by view. */
export function flown(endpoint: string): { view: View; events: Event[] }[] {
  let cluster = emptyCluster({ kind: 'live', label: null, readOnly: true });
  return viewsOf(endpoint).map((view) => {
    const reading = readingOf(view);
    if (reading === null || !reading.ok || reading.remarks.includes('just-started'))
      return { view, events: [] };
    const events = healthChanges(cluster.health, reading.value, {
      seen: new Date(view.seen).toISOString(),
      named: ({ name }) => name,
      reported: cluster.reported,
    });
    cluster = events.reduce(fold, cluster);
    return { view, events };
  });
}
