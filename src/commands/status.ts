import { readStatus } from '../adapters/gravity/status.ts';
import { clusterStatusTwin, savedStatusTwin } from '../model/twin-status.ts';
import { firstTrouble, healthVerdict, sourceVerdict, statusVerdict } from '../model/twin-verdict.ts';
import type { Status } from '../protocol/status.ts';
import { healthStanding } from './health-standing.ts';
import { readSaved, type Wanted } from './saved-file.ts';
import { statusText } from './status-text.ts';
import { twinCommand } from './twin-command.ts';
import type { Live, Saved } from './twin-row.ts';

const wanted: Wanted = { kinds: ['status'], what: 'the output of gravity status (json or text)' };

/** `gravity-console status`: the cluster in one look. Exit 3 when it is degraded, 7 when that is not known. */
export const statusCommand = twinCommand({
  name: 'status',
  describe: 'the state of the cluster, its operations, nodes and alerts',
  live,
  saved,
  text: statusText,
  standing: healthStanding,
  news: (twin) => ({ ...twin, sources: twin.sources.map(({ source, state }) => ({ source, state })) }),
});

function live({ cluster, now }: Live) {
  const source = sourceVerdict(cluster.sources.status, now);
  const verdict =
    cluster.status === null
      ? source
      : firstTrouble([source, statusVerdict(cluster.status), healthVerdict(cluster, now)]);
  return { twin: clusterStatusTwin(cluster), verdict, remarks: [] };
}

/** What a status leaves open or says twice, in sentences. */
function statusDoubts({ state, systemStatus, nodes }: Status): string[] {
  const contradicts = state === 'active' && systemStatus === 'degraded';
  return [
    ...(contradicts
      ? ['sources disagree: the state of the cluster is active, but its nodes are degraded']
      : []),
    ...(nodes === null ? ['the nodes are unknown: gravity could not collect their state'] : []),
  ];
}

async function saved({ context, path, bytes }: Saved) {
  const now = context.clock.now();
  const { value, remarks } = await readSaved(path, bytes, wanted, (content) => readStatus(content, now));
  return {
    twin: savedStatusTwin(value),
    verdict: statusVerdict(value),
    remarks: [...remarks, ...statusDoubts(value)],
  };
}
