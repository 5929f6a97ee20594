import type { StatusNode } from '../../protocol/status.ts';

/** A node as far as its lines tell; `cut` where they end before its status. */
export type ReadNode = Omit<StatusNode, 'state'> & { state: StatusNode['state'] | 'cut' };

/**
 * The lines below `Cluster nodes:`. A node gravity cannot reach has no role and is listed below `Nodes:` without a
 * profile, so there its role is unknown (recordings/cli/status-text-active-offline-alerts).
 */
export function readNodeLines(lines: readonly string[] | null): ReadNode[] | null {
  if (lines === null) return null;
  const nodes: ReadNode[] = [];
  let role: string | null = null;
  for (const line of lines) {
    const text = line.trim();
    if (text === 'Masters:') role = 'master';
    else if (text === 'Nodes:') role = 'node';
    else if (text.startsWith('* ')) nodes.push(toNode(text.slice(2), role));
    else addDetail(nodes.at(-1), text);
  }
  return nodes;
}

function toNode(text: string, role: string | null): ReadNode {
  const [hostname = '', ip = '', profile = null] = text.split(' / ').map((part) => part.trim());
  const known = role === 'node' && profile === null ? null : role;
  return { hostname, ip, role: known, profile, state: 'cut', failed: [], warnings: [], access: 'unknown' };
}

function addDetail(node: ReadNode | undefined, text: string): void {
  const [, key = '', value = ''] = /^(\[.\]|[\w ]+:)\s*(.*)$/u.exec(text) ?? [];
  if (node === undefined) return;
  if (key === 'Status:') node.state = states.find((state) => state === value) ?? 'unknown';
  if (key === 'Remote access:') node.access = value === 'online' || value === 'offline' ? value : 'unknown';
  if (key === '[×]') node.failed.push(value);
  if (key === '[!]') node.warnings.push(value);
}

const states = ['healthy', 'degraded', 'offline'] as const;
