import { type Foreign, foreign, foreignName, foreignObjects, foreignText } from '../../protocol/foreign.ts';
import type { HealthNode, NodeState, Probe } from '../../protocol/health.ts';
import { probeText } from '../../protocol/probe-text.ts';

/**
 * One node of the health endpoint (satellite.md 3). Its state by what it lacks: without status and probes it is offline
 * when serf says how it knows it, unknown when serf has a name alone or nothing (it has just started).
 */
export function toHealthNode(node: Foreign): HealthNode {
  const member = foreign(node['member_status']);
  const tags = foreign(member?.['tags']);
  const probes = foreignObjects(node['probes']).map(toProbe);
  const name = foreignName(node['name']) ?? foreignName(member?.['name']) ?? '';
  return {
    name,
    ip: foreignName(tags?.['publicip']) ?? addressInName(name),
    role: foreignName(tags?.['role']),
    member: foreignName(member?.['status']),
    state: toState(node, member, probes.length),
    probes,
  };
}

function toState(node: Foreign, member: Foreign | null, probes: number): NodeState {
  if (node['status'] === 'running') return 'healthy';
  if (node['status'] === 'degraded') return 'degraded';
  return probes === 0 && foreignName(member?.['status']) !== null ? 'offline' : 'unknown';
}

/** `terminated` is in the schema and no checker emits it; what ended is not running. */
function toProbe(probe: Foreign): Probe {
  const state = probe['status'] === 'failed' || probe['status'] === 'terminated' ? 'failed' : 'running';
  const severity = probe['severity'] === 'warning' ? 'warning' : 'critical';
  const detail = state === 'failed' ? (foreignText(probe['detail']) ?? '') : '';
  return {
    checker: foreignName(probe['checker']) ?? '',
    state,
    severity: state === 'failed' ? severity : null,
    text: probeText(probe),
    ...(detail === '' ? {} : { detail }),
  };
}

/** The agent is named for its advertise address: `192_168_1_11.demo` (satellite.md, Names). */
function addressInName(name: string): string | null {
  const found = /^(\d{1,3})_(\d{1,3})_(\d{1,3})_(\d{1,3})(\.|$)/.exec(name);
  return found === null ? null : found.slice(1, 5).join('.');
}
