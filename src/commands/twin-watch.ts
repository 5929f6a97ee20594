import { fold } from '../model/fold.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { StreamMessage } from '../protocol/stream.ts';
import type { Context } from './context.ts';
import { followAgent } from './follow-agent.ts';
import { kindWord } from './kind-word.ts';
import { document, outputFormat } from './output-format.ts';
import { reachAgent } from './reach-agent.ts';
import { CommandError } from './row.ts';
import type { Live, TwinRow } from './twin-row.ts';
import { untilStopped } from './until-stopped.ts';

/** Prints a twin now and again whenever what it shows has changed, until Ctrl-C (exit 0). Restarts of the agent are waited for. */
export async function watchTwin<T>(
  context: Context,
  row: TwinRow<T>,
  flags: Record<string, unknown>,
): Promise<number> {
  const reached = await reachAgent(context, flags);
  const printer = createPrinter(context, row, flags);
  let cluster: Cluster | null = null;
  const hear = (message: StreamMessage) => {
    cluster = after(cluster, message);
    if (cluster !== null) printer(cluster);
  };
  return untilStopped(context, () => followAgent(context, flags, { reached, hear }));
}

/** The state after a message: a snapshot begins anew, an event is folded, a beat changes nothing that is shown. */
export function after(cluster: Cluster | null, message: StreamMessage): Cluster | null {
  if (message.type === 'snapshot') return message.state;
  return message.type === 'event' && cluster !== null ? fold(cluster, message.event) : cluster;
}

function createPrinter<T>(context: Context, row: TwinRow<T>, flags: Record<string, unknown>) {
  const format = outputFormat(flags);
  const now = () => context.clock.now();
  let last = '';
  let work = Promise.resolve();
  return (cluster: Cluster) => {
    const twin = twinOf(row, cluster, { now: now(), flags });
    if (twin === null) return;
    const news = JSON.stringify(row.news?.(twin) ?? twin);
    if (news === last) return;
    last = news;
    const live = { cluster, now: now(), flags };
    const standing = row.standing?.(live) ?? null;
    const stamp = new Date(now()).toISOString();
    work = work.then(async () => {
      const text =
        format === 'text'
          ? textOf(row, twin, { heading: `${stamp}  ${kindWord(cluster)}`, standing, live })
          : await document(twin, format, true);
      context.streams.out(text);
    });
  };
}

/** Null while there is nothing to show yet, as a plan before its first reading. */
function twinOf<T>(
  row: TwinRow<T>,
  cluster: Cluster,
  around: { now: number; flags: Record<string, unknown> },
): T | null {
  try {
    return row.live({ cluster, ...around }).twin;
  } catch (error) {
    if (error instanceof CommandError && error.exitCode === exitCodes.unknown.code) return null;
    throw error;
  }
}

function textOf<T>(
  row: TwinRow<T>,
  twin: T,
  { heading, standing, live }: { heading: string; standing: string | null; live: Live },
): string {
  const above = standing === null ? [] : [standing];
  return `${[`--- ${heading} ---`, ...above, ...row.text(twin, live), ''].join('\n')}\n`;
}
