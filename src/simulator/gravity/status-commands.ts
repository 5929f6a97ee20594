import { historyText } from '../display/history-text.ts';
import { statusDocument } from '../display/status-document.ts';
import { statusText } from '../display/status-text.ts';
import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
import { reachOf } from '../health/reach.ts';
import type { Arguments } from './arguments.ts';
import { ask } from './ask.ts';
import type { GravityCommand } from './command-row.ts';
import type { GravityProcess } from './process.ts';

const STATUS_FLAGS = {
  output: 'text',
  'operation-id': 'text',
  token: 'switch',
  tail: 'switch',
  seconds: 'text',
} as const;
const STATUS_SHORTS = { o: 'operation-id', s: 'seconds' } as const;

/** `gravity status` and what belongs to it. Here `-o` is the operation, not the format (client-facts 14). */
export const statusCommands: readonly GravityCommand[] = [
  { words: ['status'], flags: STATUS_FLAGS, shorts: STATUS_SHORTS, run: status },
  { words: ['status', 'cluster'], flags: STATUS_FLAGS, shorts: STATUS_SHORTS, run: status },
  { words: ['status', 'history'], run: history },
  {
    words: ['status-reset'],
    flags: { confirm: 'switch' },
    run: async (gravity, given) => {
      if (!given.has('confirm')) gravity.out(RESET_WARNING);
      const refused = given.has('confirm') ? null : await ask(gravity, 'Action cancelled by user.');
      if (refused === null) gravity.cluster.world.clusterState = 'active';
      return refused;
    },
  },
];

async function status(gravity: GravityProcess, given: Arguments): Promise<Fault | null> {
  const { cluster, out, life } = gravity;
  if (cluster.situation.bare) return noEtcd();
  if (given.has('tail')) return tailStatus(gravity, given);
  const seconds = Number(given.text('seconds') ?? 0);
  if (given.has('token')) {
    out(cluster.token);
    return null;
  }
  while (seconds > 0) {
    await Promise.race([cluster.world.clock.watch(seconds * 1000), life.over]);
    if (life.ended()) return null;
    statusOnce(gravity, given);
  }
  return statusOnce(gravity, given);
}

function noEtcd(): Fault {
  const why = 'open /var/lib/gravity/secrets/etcd.cert: no such file or directory';
  return { messages: ['failed to connect to etcd'], original: why };
}

function statusOnce({ cluster, out }: GravityProcess, given: Arguments): Fault | null {
  const asked = given.text('operation-id');
  const document = statusDocument(cluster, asked);
  if (given.has('quiet')) {
    if (asked !== null) out(`${document.operation?.state ?? 'there is no operation in progress'}\n`);
    return null;
  }
  if (given.text('output') === 'json') out(goJson({ cluster: document }));
  else
    out(
      statusText(document, {
        now: cluster.world.clock.now(),
        version: cluster.gravityVersion,
        token: cluster.world.etcdAnswers() ? cluster.token : '',
      }),
    );
  return document.state === 'degraded' ? fault('degraded') : null;
}

/** The log of the operation in progress until it ends; the log itself is not simulated (commands.md 2). */
async function tailStatus({ cluster, life }: GravityProcess, given: Arguments): Promise<Fault | null> {
  if (!cluster.siteAnswers()) return fault('unknown cluster state');
  const { world, situation } = cluster;
  const asked = given.text('operation-id');
  const ended = () => world.operation.state === 'completed' || world.operation.state === 'failed';
  if (situation.idle || (ended() && asked !== world.operation.id))
    return fault('there is no operation in progress');
  while (!ended() && !life.ended()) await Promise.race([world.clock.watch(1000), life.over]);
  return world.operation.state === 'failed' ? fault(world.operation.progress.message) : null;
}

const HISTORY_MS = 60_000;

/** Events as the health agent of this master keeps them; one that does not answer is waited for (cli/satdown-history). */
async function history({ cluster, node, life, out }: GravityProcess): Promise<Fault | null> {
  const { situation, world, nodes } = cluster;
  if (situation.bare)
    return fault('open /var/lib/gravity/secrets/planet-rpc-client.cert: no such file or directory');
  if (reachOf(cluster) !== 'answers') {
    await Promise.race([world.clock.sleep(HISTORY_MS), life.over]);
    return fault('rpc error: code = DeadlineExceeded desc = context deadline exceeded');
  }
  if (nodes.get(node)?.role === 'node') return fault('rpc error: code = Unknown desc = unknown error');
  out(historyText(cluster.history));
  return null;
}

/** recordings/cli/active-status-reset-noconfirm */
const RESET_WARNING = `\u001b[33mWARNING! This operation will force-set the cluster state to active without any
extra checks.

If used improperly, it may lead to inconsistent cluster state which may affect
future operations, so only proceed if you're certain of what you're doing.

Before resetting the cluster state consider doing the following:

 * Inspect "gravity status" to understand which state the cluster is in.

 * If there're unfinished operations, use "gravity plan" commands to properly
   complete or roll them back.

 * Refer to https://gravitational.com/gravity/docs/cluster/#managing-operations
   for more information about operation management.
\u001b[0m
`;
