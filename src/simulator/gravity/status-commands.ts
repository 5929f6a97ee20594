import { historyText } from '../display/history-text.ts';
import { statusDocument } from '../display/status-document.ts';
import { statusText } from '../display/status-text.ts';
import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
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

function status(gravity: GravityProcess, given: Arguments): Fault | null {
  const { cluster, uid, out } = gravity;
  if (uid !== 0) return fault('open /var/lib/gravity/local/gravity.db: permission denied');
  if (given.has('tail')) return fault('unknown cluster state');
  if (given.has('token')) {
    out(cluster.token);
    return null;
  }
  const asked = given.text('operation-id');
  if (given.has('quiet')) {
    if (asked !== null) out(`${cluster.world.operation.state}\n`);
    return null;
  }
  const document = statusDocument(cluster, asked);
  if (given.text('output') === 'json') out(goJson({ cluster: document }));
  else
    out(
      statusText(document, {
        now: cluster.world.clock.now(),
        version: cluster.gravityVersion,
        token: tokenOf(gravity),
      }),
    );
  return document.state === 'degraded' ? fault('degraded') : null;
}

function tokenOf({ cluster }: GravityProcess): string {
  return cluster.world.etcdAnswers() ? cluster.token : '';
}

function history({ cluster, node, out }: GravityProcess): Fault | null {
  if (cluster.nodes.get(node)?.role === 'node')
    return fault('rpc error: code = Unknown desc = unknown error');
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
