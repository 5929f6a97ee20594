import { knownOperations } from '../cluster/known-operations.ts';
import { operationText } from '../cluster/operation-text.ts';
import { clientVersion } from '../display/status-document.ts';
import { table } from '../display/table.ts';
import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
import { goTime } from '../go-time.ts';
import type { OperationRecord } from '../world.ts';
import type { Arguments } from './arguments.ts';
import type { GravityCommand } from './command-row.ts';
import { noSite } from './no-site.ts';
import type { GravityProcess } from './process.ts';

/** The commands around an operation: version and operations. */
export const otherCommands: readonly GravityCommand[] = [
  {
    words: ['version'],
    anybody: true,
    flags: { output: 'text' },
    shorts: { o: 'output' },
    run: ({ cluster, out }, given) => {
      const version = clientVersion(cluster);
      if (given.text('output') === 'json') out(goJson(version));
      else
        out(
          `Edition:\t${version['edition']}\nVersion:\t${version['version']}\nGit Commit:\t${version['git_commit']}\nHelm:\t\t${version['helm']}\n`,
        );
      return null;
    },
  },
  {
    words: ['resource', 'get'],
    flags: { format: 'text', 'with-secrets': 'switch', user: 'text' },
    operands: 2,
    run: (gravity, given) => noSite(gravity) ?? resources(gravity, given),
  },
];

function resources(gravity: GravityProcess, given: Arguments): Fault | null {
  const [kind = '', name] = given.operands;
  if (!['operation', 'operations', 'op', 'ops'].includes(kind))
    return fault(`resource "${kind}" is not supported`);
  const { cluster, out } = gravity;
  const all = knownOperations(cluster);
  const found = name === undefined ? all : all.filter(({ id }) => id === name);
  if (found.length === 0) return fault(`operation "${name}" not found`);
  if (given.text('format') === 'json') {
    const documents = found.map((operation) => document(gravity, operation));
    out(`${goJson(documents.length === 1 ? documents[0] : documents, 4)}\n`);
    return null;
  }
  const rows = found.map((operation) => [
    operation.id,
    operationText(cluster, operation),
    operation.state.replace(/^./, (first) => first.toUpperCase()),
    goTime.table(operation.created),
  ]);
  out(table(['ID', 'Description', 'State', 'Created'], rows));
  return null;
}

/** data.md 4.2 */
function document({ cluster }: GravityProcess, { id, type, state, created }: OperationRecord): unknown {
  const { application } = cluster;
  const nodes = [...cluster.nodes.values()].map(({ server, role }) => ({
    ip: server.advertise_ip,
    hostname: server.hostname,
    role,
  }));
  const about: Record<string, unknown> =
    type === 'operation_install'
      ? { install: { nodes } }
      : type === 'operation_update'
        ? { upgrade: { package: `gravitational.io/${application.name}:${application.to}` } }
        : {};
  return {
    kind: 'operation',
    version: 'v2',
    metadata: { name: id, namespace: 'default' },
    spec: { type, created: goTime.json(created), state, ...about },
  };
}
