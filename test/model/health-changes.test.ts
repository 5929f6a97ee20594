import { describe, expect, test } from 'vitest';
import { healthFromDocument } from '../../src/adapters/satellite/health-document.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import { healthChanges } from '../../src/model/health-changes.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { Health, HealthNode, Probe } from '../../src/protocol/health.ts';
import { recordingText } from '../recordings.ts';

const seen = '2026-11-22T11:10:00.000Z';

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
    const events = healthChanges(health(1, [node('n', before)]), health(2, [node('n', after)]), seen);
    const changes = events.filter(({ kind }) => kind === 'probe.changed');
    expect(changes).toHaveLength(told.length);
    expect(changes).toMatchObject(told);
  });
});

describe('nodes between two readings', () => {
  test('the same collection is the same answer, whatever is in it', () => {
    expect(healthChanges(health(1, [node('n', [])]), health(1, []), seen)).toEqual([]);
  });

  test('another collection with the same result moves only its times', () => {
    const [before, after] = [
      health(1, [node('a', []), node('b', [])]),
      health(2, [node('b', []), node('a', [])]),
    ];
    const events = healthChanges(before, after, seen);
    expect(events.map(({ kind }) => kind)).toEqual(['health.dated']);
    expect(folded(before, events)?.at).toBe(after.at);
  });

  test('a node that no longer answers is told, and written into the history the cluster does not write', () => {
    const before = health(1, [node('n', [probe('docker', 'failed', 'x')])]);
    const after = health(2, [{ ...node('n', []), state: 'offline' }]);
    const events = healthChanges(before, after, seen);
    expect(events.map(({ kind }) => kind)).toEqual(['node.changed', 'health.read']);
    expect(events[0]).toMatchObject({ from: 'healthy', to: 'offline' });
    const cluster = events.reduce(fold, start(before));
    expect(cluster.history).toMatchObject([{ kind: 'node.silent', node: 'n', at: seen }]);
  });

  test.each([
    ['healthy-3nodes', 'node3-agent-killed-serf-alive', '127_0_7_3.lab'],
    ['healthy-3nodes', 'docker-down-node2-asked-on-node2', '127_0_7_2.lab'],
  ])('from %s to %s the node %s is told and no other', (before, after, name) => {
    const events = healthChanges(recorded(before), recorded(after), seen);
    const nodes = events.flatMap((event) => (event.kind === 'node.changed' ? [event.node] : []));
    expect(nodes).toEqual([name]);
  });
});

function folded(before: Health, events: readonly Event[]): Health | null {
  return events.reduce(fold, start(before)).health;
}

function start(before: Health) {
  const empty = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });
  return healthChanges(null, before, seen).reduce(fold, empty);
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
