import type { StatusNode } from '../../protocol/status.ts';

/** A node as far as its lines tell; `state` is null where they end before its status, `access` where nothing tells it. */
export type ReadNode = Omit<StatusNode, 'state' | 'access'> & {
  state: StatusNode['state'] | null;
  access: 'online' | 'offline' | null;
};

/** The nodes under their heading; `strange` are lines that begin a node and cannot be understood. */
export type ReadNodes = { nodes: ReadNode[]; strange: string[]; emptyGroup: boolean };

/**
 * The lines below `Cluster nodes:` (5.4 on) or `Cluster:` (5.0 and 5.2). A node gravity cannot reach has no role and is
 * listed below `Nodes:` without a profile, so there its role is unknown (recordings/cli/status-text-active-offline-alerts).
 */
export function readNodeLines(lines: readonly string[]): ReadNodes {
  const read: ReadNodes = { nodes: [], strange: [], emptyGroup: false };
  let role: string | null = null;
  for (const text of lines) {
    const item = /^[*•‣] (.*)$/.exec(text)?.[1];
    if (text === 'Masters:' || text === 'Nodes:') {
      role = text === 'Masters:' ? 'master' : 'node';
      read.emptyGroup = true;
    } else if (item !== undefined) {
      const node = toNode(item, role);
      if (node === null) read.strange.push(text);
      else read.nodes.push(node);
      read.emptyGroup = false;
    } else addDetail(read.nodes.at(-1), text);
  }
  return read;
}

/** `name / ip / profile` since 6.1, `name (ip, profile)` before, `name (ip)` in 5.0; a name gravity does not know is its ip. */
function toNode(text: string, role: string | null): ReadNode | null {
  const found = /^(\S+)(?: \/ ([^\s/]+)(?: \/ (.+))?| \(([^\s,)]+)(?:, *([^)]+))?\))$/.exec(text.trim());
  if (found === null) return null;
  const [, name = '', slashIp, slashProfile, ip = slashIp ?? '', profile = slashProfile ?? null] = found;
  return {
    hostname: name === '<unknown>' ? ip : name,
    ip,
    role: role === 'node' && profile === null ? null : role,
    profile: profile?.trim() ?? null,
    state: null,
    failed: [],
    warnings: [],
    access: null,
  };
}

function addDetail(node: ReadNode | undefined, text: string): void {
  const [, key = '', value = ''] = /^(\[\S{1,3}\]|[\w ]+:)\s*(.*)$/u.exec(text) ?? [];
  if (node === undefined) return;
  if (key === 'Status:') node.state = states.find((state) => state === value) ?? 'unknown';
  else if (key === 'Remote access:') node.access = accesses.find((access) => access === value) ?? null;
  else if (key === '[!]') node.warnings.push(value);
  else if (key.startsWith('[')) node.failed.push(value);
}

const states = ['healthy', 'degraded', 'offline'] as const;
const accesses = ['online', 'offline'] as const;
