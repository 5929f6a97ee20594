import type { Entry } from '../changelog.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { goTime } from '../go-time.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { hookJobs } from './hook-jobs.ts';
import { kubectlTable } from './kubectl-table.ts';
import type { KubectlWords } from './kubectl-words.ts';
import { ownColumns, type Paths } from './own-columns.ts';
import { shortSpan } from './short-span.ts';

type Event = {
  at: number;
  namespace: string;
  type: 'Normal' | 'Warning';
  words: readonly [string, string, string];
};

/** Kubernetes forgets an event after an hour. */
const KEPT_MS = 3_600_000;

/** `kubectl get events`: what the leaves of the last hour have done to nodes and jobs, oldest first; empty without any. */
export function eventsTable(cluster: Cluster, { namespace, output }: KubectlWords): string {
  const now = cluster.world.clock.now();
  const events = [...nodeEvents(cluster), ...jobEvents(cluster)]
    .filter((event) => now - event.at < KEPT_MS && (namespace === null || event.namespace === namespace))
    .sort((one, other) => one.at - other.at);
  if (events.length === 0) return '';
  const own = ownColumns(output, events.map(paths));
  if (own !== null) return own;
  const rows = events.map(({ at, namespace: its, type, words: [reason, object, message] }) => [
    ...(namespace === null ? [its] : []),
    shortSpan(now - at),
    type,
    reason,
    object,
    message,
  ]);
  const heads = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  return kubectlTable(namespace === null ? ['NAMESPACE', ...heads] : heads, rows);
}

function paths({ at, type, namespace, words: [reason, object, message] }: Event): Paths {
  return {
    '.lastTimestamp': goTime.second(at),
    '.type': type,
    '.reason': reason,
    '.message': message,
    '.metadata.namespace': namespace,
    '.involvedObject.name': object.slice(object.indexOf('/') + 1),
  };
}

/** The reason of a node's event, by what is done to it and how far that is. */
const REASONS: Readonly<Record<string, string>> = {
  'drain_node in_progress': 'NodeNotSchedulable',
  'drain in_progress': 'NodeNotSchedulable',
  'drain_node rolled_back': 'NodeSchedulable',
  'drain rolled_back': 'NodeSchedulable',
  'uncordon_node completed': 'NodeSchedulable',
  'uncordon completed': 'NodeSchedulable',
  'update_system in_progress': 'NodeNotReady',
  'update_system completed': 'NodeReady',
  'restart in_progress': 'NodeNotReady',
  'restart completed': 'NodeReady',
};

function nodeEvents({ world }: Cluster): Event[] {
  const newest = new Map<string, Event>();
  for (const entry of world.journal) {
    const phase = world.tree.byId.get(entry.phaseId)?.phase;
    const event = phase === undefined ? null : nodeEvent(phase, entry);
    // What is recorded twice, here and where it ran, happened once.
    if (event !== null) newest.set(`${entry.phaseId} ${entry.state}`, event);
  }
  return [...newest.values()];
}

function nodeEvent({ executor, data }: PhaseDocument, { state, created }: Entry): Event | null {
  const reason = REASONS[`${executor} ${state}`];
  const ip = data?.server?.advertise_ip;
  if (reason === undefined || ip === undefined) return null;
  const words = [reason, `node/${ip}`, `Node ${ip} status is now: ${reason}`] as const;
  return { at: created, namespace: 'default', type: 'Normal', words };
}

function jobEvents(cluster: Cluster): Event[] {
  return hookJobs(cluster).flatMap(({ name, began, ended, failed }): Event[] => {
    const of = { namespace: 'kube-system', type: 'Normal' } as const;
    const created: Event = {
      ...of,
      at: began,
      words: ['SuccessfulCreate', `job/${name}`, `Created pod: ${name}-0`],
    };
    if (ended === null) return [created];
    const end: Event = failed
      ? {
          ...of,
          at: ended,
          type: 'Warning',
          words: ['BackoffLimitExceeded', `job/${name}`, 'Job has reached the specified backoff limit'],
        }
      : { ...of, at: ended, words: ['Completed', `job/${name}`, 'Job completed'] };
    return [created, end];
  });
}
