import { readStatus } from '../adapters/gravity/status.ts';
import { readHealthFile } from '../adapters/satellite/health-file.ts';
import { clusterNodesTwin, healthNodesTwin, statusNodesTwin } from '../model/twin-nodes.ts';
import { firstTrouble, nodesVerdict, sourceVerdict } from '../model/twin-verdict.ts';
import type { Health } from '../protocol/health.ts';
import { type Reading, read } from '../protocol/problem.ts';
import type { NodesTwin } from '../protocol/twins.ts';
import { healthStanding } from './health-standing.ts';
import { nodesText } from './nodes-text.ts';
import { readSaved, type Wanted } from './saved-file.ts';
import type { SavedKind } from './saved-kind.ts';
import { twinCommand } from './twin-command.ts';
import type { Live, Saved } from './twin-row.ts';

const wanted: Wanted = {
  kinds: ['health', 'status'],
  what: 'an answer of the health endpoint (/ or /local) or the output of gravity status',
};

/** `gravity-console nodes`: every node with its probes. Exit 3 when one is degraded or offline, 7 when that is not known. */
export const nodesCommand = twinCommand({
  name: 'nodes',
  describe: 'the nodes of the cluster and their probes',
  live,
  saved,
  text: nodesText,
  news: (twin) => ({ ...twin, at: null }),
  standing: healthStanding,
});

function live({ cluster, now }: Live) {
  const twin = clusterNodesTwin(cluster, now);
  return {
    twin,
    verdict: firstTrouble([sourceVerdict(cluster.sources.health, now), nodesVerdict(twin)]),
    remarks: [],
  };
}

async function saved({ context, path, bytes }: Saved) {
  const now = context.clock.now();
  const { value, remarks } = await readSaved(path, bytes, wanted, (content, kind) =>
    readNodes(content, kind, now),
  );
  const { twin, notes } = value;
  return { twin, verdict: nodesVerdict(twin), remarks: [...remarks, ...notes] };
}

type Noted = { twin: NodesTwin; notes: string[] };

function readNodes(bytes: Uint8Array, kind: SavedKind['kind'] | null, now: number): Reading<Noted> {
  if (kind === 'status') {
    const status = readStatus(bytes, now);
    return status.ok ? read({ twin: statusNodesTwin(status.value), notes: [] }, status.remarks) : status;
  }
  const health = readHealthFile(bytes);
  if (!health.ok) return health;
  return read({ twin: healthNodesTwin(health.value), notes: healthNotes(health.value) }, health.remarks);
}

/** What a body says besides its nodes: its summary, and members that serf lists without hearing of them. */
function healthNotes({ summary, nodes }: Health): string[] {
  const missing = nodes.filter(({ member }) => member !== null && member !== 'alive');
  return [
    ...(summary === null ? [] : [`the health endpoint says: ${summary}`]),
    ...missing.map(({ name, member }) => `${name} is still a member of the cluster, with status ${member}`),
  ];
}
