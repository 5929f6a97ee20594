import { readStatus } from '../adapters/gravity/status.ts';
import { readHealthFile } from '../adapters/satellite/health-file.ts';
import { clusterNodesTwin, healthNodesTwin, statusNodesTwin } from '../model/twin-nodes.ts';
import { firstTrouble, nodesVerdict, sourceVerdict } from '../model/twin-verdict.ts';
import { type Reading, read } from '../protocol/problem.ts';
import type { NodesTwin } from '../protocol/twins.ts';
import { healthStanding } from './health-standing.ts';
import { nodesText } from './nodes-text.ts';
import { readSaved } from './saved-file.ts';
import { savedKind } from './saved-kind.ts';
import { remarkSentences } from './saved-remarks.ts';
import { twinCommand } from './twin-command.ts';
import type { Live, Saved } from './twin-row.ts';

const wanted = {
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
  const { value, remarks } = await readSaved(path, bytes, wanted, (content) => readNodes(content, now));
  return { twin: value, verdict: nodesVerdict(value), remarks: remarkSentences(remarks) };
}

function readNodes(bytes: Uint8Array, now: number): Reading<NodesTwin> {
  if (savedKind(bytes)?.kind === 'status') {
    const status = readStatus(bytes, now);
    return status.ok ? read(statusNodesTwin(status.value), status.remarks) : status;
  }
  const health = readHealthFile(bytes);
  return health.ok ? read(healthNodesTwin(health.value), health.remarks) : health;
}
