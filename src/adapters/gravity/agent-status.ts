import { clean } from '../../protocol/clean.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import type { UpdateAgent } from '../../protocol/update-agent.ts';

/**
 * The table of `gravity agent status` (data.md 4.4): Hostname, Address, Status, Version, in any order of rows. The line
 * before it (`Collecting RPC agent status`) is no table. With an agent offline gravity exits 255 and prints it all the
 * same. A row without a version has an empty cell, or none.
 */
export function readAgentStatus(text: string): Reading<UpdateAgent[]> {
  const lines = clean(text)
    .split('\n')
    .map((line) => line.trim());
  const header = lines.findIndex((line) => /^Hostname\s+Address\s+Status\s+Version/i.test(line));
  if (header < 0) return unread('answer.wrong-shape', 'the status of the update agents has no table');
  const rows = lines.slice(header + 1).filter((line) => /[^\s-]/.test(line));
  const agents = rows.flatMap((row) => toAgent(row) ?? []);
  return read(agents, agents.length === rows.length ? [] : ['partial']);
}

function toAgent(row: string): UpdateAgent | null {
  const [hostname = '', address = '', status = '', version] = row.split(/\s+/);
  if (status === '') return null;
  return {
    hostname,
    ip: address.replace(/:\d+$/, ''),
    state: states[status.toLowerCase()] ?? 'unknown',
    version: version === undefined || /^(-|n\/a|unknown)$/i.test(version) ? null : version,
  };
}

const states: Readonly<Record<string, UpdateAgent['state']>> = { deployed: 'deployed', offline: 'offline' };
