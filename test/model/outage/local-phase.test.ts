import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/model/fold.ts';
import { outagesOf } from '../../../src/model/outage/outages.ts';
import type { Cluster } from '../../../src/protocol/cluster.ts';
import type { Event } from '../../../src/protocol/event.ts';
import type { Health } from '../../../src/protocol/health.ts';
import type { PhaseState } from '../../../src/protocol/phase.ts';
import { clusterWith, now, recordedPlan, withStates } from '../../actions/a-cluster.ts';

const fresh = recordedPlan('plans/fresh-3m2w.json');
const upgrade = '/masters/master-2/system-upgrade';
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();

/** What the endpoint shows: these probes of these nodes fail, a node with null does not answer. */
function health(failing: Record<string, string[] | null>, said: Partial<Health> = {}): Health {
  const nodes = fresh.servers.map(({ hostname, ip }) => {
    const failed = failing[hostname];
    const probes = (failed ?? []).map((checker) => ({
      checker,
      state: 'failed' as const,
      severity: 'critical' as const,
      text: '',
    }));
    const state = failed === null ? 'offline' : probes.length > 0 ? 'degraded' : 'healthy';
    return { name: `${ip.replaceAll('.', '_')}.test`, ip, role: null, member: null, state, probes } as const;
  });
  return { state: 'running', at: null, servedAt: null, summary: null, nodes: [...nodes], ...said };
}

const read = (secondsAgo: number, what: Health): Event => ({
  kind: 'health.read',
  seen: at(secondsAgo),
  health: what,
});

/** Master-2's system upgrade began 60 s ago, unless said otherwise, and the endpoint was read so. */
type Told = { began?: number; state?: PhaseState; readings?: Event[]; updated?: number };

function told({ began = 60, state = 'in_progress', readings = [], updated }: Told): Cluster {
  const plan = withStates(fresh, { [upgrade]: state });
  const phases = plan.phases.map((phase) =>
    phase.id === upgrade ? { ...phase, updated: at(updated ?? began) } : phase,
  );
  const passages = { [upgrade]: { attempts: 1, began: at(began), ended: null, changed: at(began) } };
  return readings.reduce(fold, clusterWith({ ...plan, phases }, { passages }));
}

const isExpected = (cluster: Cluster, node: string, checker: string | null) =>
  outagesOf(cluster).causeOf({ node, checker }, now).phase !== null;

describe('an outage is expected', () => {
  const dark = read(20, health({ 'master-2': ['docker'] }));
  const rows: [string, Told, [string, string | null], boolean][] = [
    ['of what the leaf stops on its node', { readings: [dark] }, ['master-2', 'docker'], true],
    ['of the node itself while its planet is replaced', { readings: [dark] }, ['master-2', null], true],
    ['on no other node', { readings: [dark] }, ['master-3', 'docker'], false],
    ['of no other node as a whole', { readings: [dark] }, ['master-3', null], false],
    ['of no other probe', { readings: [dark] }, ['master-2', 'disk-space'], false],
    ['no more after the leaf failed', { state: 'failed', readings: [dark] }, ['master-2', 'docker'], false],
    ['no more after it completed', { state: 'completed', readings: [dark] }, ['master-2', 'docker'], false],
    ['no longer than its limit', { began: 800, readings: [dark] }, ['master-2', 'docker'], false],
    [
      'not of what failed already when it began',
      { readings: [read(90, health({ 'master-2': ['docker'] })), dark] },
      ['master-2', 'docker'],
      false,
    ],
    [
      'not of a node that was silent already when it began',
      { readings: [read(90, health({ 'master-2': null }))] },
      ['master-2', null],
      false,
    ],
    [
      'of what failed before, and was well again when it began',
      { readings: [read(120, health({ 'master-2': ['docker'] })), read(90, health({})), dark] },
      ['master-2', 'docker'],
      true,
    ],
    [
      'not of what a reading after its beginning had collected before it',
      { readings: [read(50, health({ 'master-2': ['docker'] }, { at: at(70), servedAt: at(50) }))] },
      ['master-2', 'docker'],
      false,
    ],
    [
      'from when gravity says that it began, where that was seen late',
      { began: 10, updated: 60, readings: [read(50, health({ 'master-2': ['docker'] }))] },
      ['master-2', 'docker'],
      true,
    ],
  ];
  it.each(rows)('%s', (_title, what, [node, checker], expected) => {
    expect(isExpected(told(what), node, checker)).toBe(expected);
  });
});
