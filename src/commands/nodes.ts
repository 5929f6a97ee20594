import { readStatus } from '../adapters/gravity/status.ts';
import { readHealthFile } from '../adapters/satellite/health-file.ts';
import { clusterNodesTwin, healthNodesTwin, statusNodesTwin } from '../model/twin-nodes.ts';
import { firstTrouble, nodesVerdict, sourceVerdict } from '../model/twin-verdict.ts';
import { type Reading, read } from '../protocol/problem.ts';
import type { NodesTwin } from '../protocol/twins.ts';
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
});

function live({ cluster, now }: Live) {
  const twin = clusterNodesTwin(cluster);
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
  return { twin: value, verdict: nodesVerdict(value), remarks };
}

function readNodes(bytes: Uint8Array, kind: SavedKind['kind'] | null, now: number): Reading<NodesTwin> {
  if (kind === 'status') {
    const status = readStatus(bytes, now);
    return status.ok ? read(statusNodesTwin(status.value), status.remarks) : status;
  }
  const health = readHealthFile(bytes);
  return health.ok ? read(healthNodesTwin(health.value), health.remarks) : health;
}
