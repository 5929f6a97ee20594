import type { ClusterNode } from '../cluster/cluster.ts';
import { goTime } from '../go-time.ts';
import type { GravityProcess } from '../gravity/process.ts';
import { nodeProbes } from '../health/node-probes.ts';

/** What the small programs inside the planet of the node answer that the command is given on. */
export const planetPrograms: Readonly<Record<string, (gravity: GravityProcess) => string>> = {
  df: (gravity) => diskUsage(nodeHere(gravity)?.diskPercent ?? 0),
  systemctl: failedUnits,
  journalctl: log,
};

const GIBIBYTES = 200;

function diskUsage(percent: number): string {
  const used = Math.round((GIBIBYTES * percent) / 100);
  return [
    'Filesystem      Size  Used Avail Use% Mounted on',
    `/dev/sdb1       ${GIBIBYTES}G  ${`${used}G`.padStart(4)}  ${`${GIBIBYTES - used}G`.padStart(4)}  ${`${percent}%`.padStart(3)} /var/lib/gravity`,
    '',
  ].join('\n');
}

function failedUnits(gravity: GravityProcess): string {
  const units = failedProbes(gravity).flatMap(({ checker, detail, error }) =>
    checker === 'systemd' && detail !== undefined ? [{ unit: detail, sub: error ?? 'failed' }] : [],
  );
  const foot = `${units.length} loaded units listed.${units.length === 0 ? ' Pass --all to see loaded but inactive units, too.' : ''}`;
  const rows = units.map(({ unit, sub }) => `● ${unit} loaded failed ${sub} ${unit}`);
  return [...(rows.length === 0 ? [] : ['  UNIT LOAD ACTIVE SUB DESCRIPTION', ...rows, '']), foot, ''].join(
    '\n',
  );
}

/** What the health agent complains of, which is what planet's log is full of when something is wrong. */
function log(gravity: GravityProcess): string {
  const now = gravity.cluster.world.clock.now();
  const host = gravity.cluster.nodes.get(gravity.node)?.server.hostname ?? gravity.node;
  const stamp = `${goTime.line(now).slice(4, 10)} ${new Date(now).toISOString().slice(11, 19)}`;
  const said = failedProbes(gravity).map(
    ({ checker, detail, error }) =>
      `${stamp} ${host} planet[312]: WARN probe failed checker:${checker} ${[detail, error].filter(Boolean).join(': ')}`,
  );
  const lines = said.length === 0 ? [`${stamp} ${host} planet[312]: INFO all probes pass`] : said;
  return `-- Logs end at ${goTime.line(now)}. --\n${lines.map((line) => `${line}\n`).join('')}`;
}

function failedProbes({ cluster, node }: GravityProcess) {
  const agent = cluster.agents.get(node);
  return agent === undefined ? [] : nodeProbes(cluster, agent).filter(({ status }) => status === 'failed');
}

function nodeHere({ cluster, node }: GravityProcess): ClusterNode | undefined {
  return cluster.nodes.get(node);
}
