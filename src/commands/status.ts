import { readStatus } from '../adapters/gravity/status.ts';
import { clusterStatusTwin, savedStatusTwin } from '../model/twin-status.ts';
import { firstTrouble, healthVerdict, sourceVerdict, statusVerdict } from '../model/twin-verdict.ts';
import { healthStanding } from './health-standing.ts';
import { readSaved } from './saved-file.ts';
import { remarkSentences } from './saved-remarks.ts';
import { statusText } from './status-text.ts';
import { twinCommand } from './twin-command.ts';
import type { Live, Saved } from './twin-row.ts';

const wanted = { kinds: ['status'], what: 'the output of gravity status (json or text)' };

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

async function saved({ context, path, bytes }: Saved) {
  const now = context.clock.now();
  const { value, remarks } = await readSaved(path, bytes, wanted, (content) => readStatus(content, now));
  return { twin: savedStatusTwin(value), verdict: statusVerdict(value), remarks: remarkSentences(remarks) };
}
