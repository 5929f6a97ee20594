import { readHistoryText } from '../adapters/gravity/history-text.ts';
import { readHistoryFile } from '../adapters/satellite/history-file.ts';
import { eventNode } from '../model/event-node.ts';
import { historyGapWords } from '../model/history-gap.ts';
import { historyTwin } from '../model/twin-history.ts';
import { sourceVerdict } from '../model/twin-verdict.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { HistoryEvent } from '../protocol/history.ts';
import { opensLikeJson } from '../protocol/json-document.ts';
import type { Reading } from '../protocol/problem.ts';
import type { HistoryTwin } from '../protocol/twins.ts';
import { shortInstant } from './output-instant.ts';
import { table } from './output-table.ts';
import { readSaved, type Wanted } from './saved-file.ts';
import { twinCommand } from './twin-command.ts';
import type { Live, Saved } from './twin-row.ts';

const wanted: Wanted = {
  kinds: ['history'],
  what: 'the output of gravity status history or a body of /history',
};

/** `gravity-console history`: the cluster's own timeline, oldest first. */
export const historyCommand = twinCommand({
  name: 'history',
  describe: 'what happened to the nodes: the timeline of the cluster',
  live,
  saved,
  text: historyText,
  standing: ({ cluster }) => historyGapWords(cluster),
});

function live({ cluster, now }: Live) {
  return {
    twin: historyTwin(cluster.history),
    verdict: sourceVerdict(cluster.sources.history, now),
    remarks: [],
  };
}

async function saved({ path, bytes }: Saved) {
  const { value, remarks } = await readSaved(path, bytes, wanted, readHistory);
  return {
    twin: historyTwin(value),
    verdict: { exit: exitCodes.fine.code, sentence: null },
    remarks,
  };
}

function readHistory(bytes: Uint8Array): Reading<HistoryEvent[]> {
  const text = new TextDecoder().decode(bytes);
  return opensLikeJson(text) ? readHistoryFile(bytes) : readHistoryText(text);
}

/** Nodes by their host names, with the name that the cluster's record has where it is another. */
function historyText({ events }: HistoryTwin, live?: Live): string[] {
  const hostOf = (node: string | null) => (live === undefined ? node : eventNode(live.cluster, node));
  if (events.length === 0) return ['no events'];
  const rows = events.map((event) => [
    shortInstant(event.at),
    event.kind,
    hostOf(event.node),
    event.checker ?? leader(event),
    hostOf(event.node) === event.node ? null : event.node,
  ]);
  const heads = ['At', 'Event', 'Node', 'About'];
  const hasNames = rows.some((row) => row[4] !== null);
  return hasNames
    ? table([...heads, 'Recorded as'], rows)
    : table(
        heads,
        rows.map((row) => row.slice(0, 4)),
      );
}

function leader({ from, to, kind, text }: HistoryTwin['events'][number]): string | null {
  if (to !== null) return from === null ? `${to}, previous not known` : `${from} -> ${to}`;
  return kind === 'unknown' ? text : null;
}
