import type { NodeRow } from './node-rows.ts';

/**
 * What it means that a node reports no probes, by how serf knows it (satellite.md, gotcha 5): alive is a machine that runs,
 * with an agent that does not answer; failed is a machine, or its serf, that does not.
 */
export function silenceWords({
  member,
  vanished,
  from,
}: Pick<NodeRow, 'member' | 'vanished' | 'from'>): string {
  if (vanished) return 'The health endpoint no longer lists this node.';
  if (from !== 'health') return 'Health has not reported on this node.';
  if (member === 'alive')
    return 'The machine and its serf are up; only the health agent (planet-agent) does not answer.';
  if (member === 'failed')
    return 'Serf reports this node as failed: the machine, its network or planet is down.';
  return 'The node has not reported its health yet.';
}

/** Whether the machine runs and only its health agent does not answer. */
export function isOnlyAgentSilent({ member, state }: Pick<NodeRow, 'member' | 'state'>): boolean {
  return state === 'offline' && member === 'alive';
}
