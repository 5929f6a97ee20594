import { describe, expect, test } from 'vitest';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { healthFromDocument } from '../../src/adapters/satellite/health-document.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import { healthChanges } from '../../src/model/health-changes.ts';
import { hostName } from '../../src/model/host-name.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { Health, HealthNode, Probe } from '../../src/protocol/health.ts';
import { recordingText } from '../recordings.ts';

const seen = '2026-11-22T11:10:00.000Z';
const telling = { seen, named: ({ name }: HealthNode) => name };

describe('one probe between two readings', () => {
  const fine = probe('docker', 'running', '');
  const broken = probe('docker', 'failed', 'dial unix: no such file');
  const rows: { name: string; before: Probe[]; after: Probe[]; told: object[] }[] = [
    {
      name: 'begins to fail',
      before: [fine],
      after: [broken],
      told: [{ checker: 'docker', from: 'running', to: 'failed' }],
    },
    {
      name: 'is fine again',
      before: [broken],
      after: [fine],
      told: [{ checker: 'docker', from: 'failed', to: 'running' }],
    },
    {
      name: 'shows only when failing, and appears',
      before: [fine],
      after: [fine, probe('systemd', 'failed', 'a.service (failed)')],
      told: [{ checker: 'systemd', from: null, to: 'failed' }],
    },
    {
      name: 'shows only when failing, and goes',
      before: [fine, probe('systemd', 'failed', 'a.service (failed)')],
      after: [fine],
      told: [{ checker: 'systemd', from: 'failed', to: 'gone' }],
    },
    {
      name: 'fails on in other words',
      before: [probe('disk-space', 'failed', 'at 85%')],
      after: [probe('disk-space', 'failed', 'at 86%')],
      told: [],
    },
    {
      name: 'turns from a warning to critical',
      before: [probe('disk-space', 'failed', 'at 89%', 'warning')],
      after: [probe('disk-space', 'failed', 'at 91%')],
      told: [{ checker: 'disk-space', from: 'failed', to: 'failed', severity: 'critical' }],
    },
    {
      name: 'runs with another text',
      before: [probe('docker-version', 'running', '5 containers')],
      after: [probe('docker-version', 'running', '6 containers')],
      told: [],
    },
    {
      name: 'of several with one checker, the one more that fails',
      before: [probe('dns', 'failed', 'a')],
      after: [probe('dns', 'failed', 'b'), probe('dns', 'failed', 'a')],
      told: [{ checker: 'dns', from: null, to: 'failed', text: 'b' }],
    },
  ];
  test.each(rows)('$name', ({ before, after, told }) => {
    const events = healthChanges(health(1, [node('n', before)]), health(2, [node('n', after)]), telling);
    const changes = events.filter(({ kind }) => kind === 'probe.changed');
    expect(changes).toHaveLength(told.length);
    expect(changes).toMatchObject(told);
  });
});

describe('nodes between two readings', () => {
  test('the same collection is the same answer, whatever is in it', () => {
    expect(healthChanges(health(1, [node('n', [])]), health(1, []), telling)).toEqual([]);
  });

  test('the same collection served again is as much older', () => {
    const later = { ...health(1, []), servedAt: '2026-11-22T11:10:30.000Z' };
    const events = healthChanges(health(1, [node('n', [])]), later, telling);
    expect(events.map(({ kind }) => kind)).toEqual(['health.dated']);
    expect(events[0]).toMatchObject({ at: later.at, servedAt: later.servedAt });
  });

  test('another collection with the same result moves only its times', () => {
    const [before, after] = [
      health(1, [node('a', []), node('b', [])]),
      health(2, [node('b', []), node('a', [])]),
    ];
    const events = healthChanges(before, after, telling);
    expect(events.map(({ kind }) => kind)).toEqual(['health.dated']);
    expect(folded(before, events)?.at).toBe(after.at);
  });

  test('a node that no longer answers is told, and written into the history the cluster does not write', () => {
    const before = health(1, [node('n', [probe('docker', 'failed', 'x')])]);
    const after = health(2, [{ ...node('n', []), state: 'offline' }]);
    const events = healthChanges(before, after, telling);
    expect(events.map(({ kind }) => kind)).toEqual(['node.changed', 'health.read']);
    expect(events[0]).toMatchObject({ from: 'healthy', to: 'offline' });
    const cluster = events.reduce(fold, start(before));
    expect(cluster.history).toMatchObject([{ kind: 'node.silent', node: 'n', at: seen }]);
  });

  test.each([
    ['healthy-3nodes', 'node3-agent-killed-serf-alive', '127_0_7_3.lab'],
    ['healthy-3nodes', 'docker-down-node2-asked-on-node2', '127_0_7_2.lab'],
  ])('from %s to %s the node %s is told and no other', (before, after, name) => {
    const events = healthChanges(recorded(before), recorded(after), telling);
    const nodes = events.flatMap((event) => (event.kind === 'node.changed' ? [event.node] : []));
    expect(nodes).toEqual([name]);
  });
});

describe('the name of a node', () => {
  const serf = '192_168_1_12.demo.example.com';
  const reading = readPlanJson(recordingText('plans/failed-3m2w.json'));
  if (!reading.ok) throw new Error(reading.problem.sentence);
  const empty = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });
  const planned = fold(empty, { kind: 'plan.read', seen, plan: reading.value });
  const told = (cluster: Cluster, before: Health, after: Health) =>
    healthChanges(before, after, { seen, named: (each) => hostName(cluster, each) });
  const well = health(1, [{ ...node(serf, [probe('docker', 'running', '')]), ip: '192.168.1.12' }]);
  const ill = health(2, [
    { ...node(serf, [probe('docker', 'failed', 'no')]), ip: '192.168.1.12', state: 'degraded' },
  ]);

  test('in what changed is the host name, found by its address', () => {
    const events = told(planned, well, ill);
    expect(events).toMatchObject([
      { kind: 'node.changed', node: 'master-2', ip: '192.168.1.12', to: 'degraded' },
      { kind: 'probe.changed', node: 'master-2', checker: 'docker' },
      { kind: 'health.read' },
    ]);
    const gone = told(planned, well, health(2, [])).reduce(fold, planned);
    expect(gone.history).toMatchObject([
      { kind: 'node.vanished', node: 'master-2', text: expect.stringContaining('master-2') },
    ]);
  });

  test('is found in the endpoint’s own name when the node has no tags, and is that one when nobody knows it', () => {
    expect(hostName(planned, { name: serf, ip: null })).toBe('master-2');
    expect(hostName(planned, { name: '10_0_0_9.demo.example.com', ip: '10.0.0.9' })).toBe(
      '10_0_0_9.demo.example.com',
    );
    expect(hostName(empty, { name: serf, ip: '192.168.1.12' })).toBe(serf);
  });

  test('that becomes known between two readings is no change', () => {
    expect(told(planned, well, { ...well, at: '2026-11-22T11:09:00Z' }).map(({ kind }) => kind)).toEqual([
      'health.dated',
    ]);
  });
});

function folded(before: Health, events: readonly Event[]): Health | null {
  return events.reduce(fold, start(before)).health;
}

function start(before: Health) {
  const empty = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });
  return healthChanges(null, before, telling).reduce(fold, empty);
}

function recorded(name: string): Health {
  const reading = healthFromDocument(JSON.parse(recordingText(`satellite/${name}.body.json`)), null);
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

function health(collection: number, nodes: HealthNode[]): Health {
  return { state: 'running', at: `2026-11-22T11:0${collection}:00Z`, servedAt: null, summary: null, nodes };
}

function node(name: string, probes: Probe[]): HealthNode {
  return { name, ip: null, role: 'master', member: 'alive', state: 'healthy', probes };
}

function probe(
  checker: string,
  state: Probe['state'],
  text: string,
  severity: Probe['severity'] = 'critical',
): Probe {
  return { checker, state, severity: state === 'failed' ? severity : null, text };
}
