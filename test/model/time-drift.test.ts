import { expect, test } from 'vitest';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { timeDrift } from '../../src/model/time-drift.ts';
import type { HealthNode, Probe } from '../../src/protocol/health.ts';

const rows: { name: string; pairs: [number, number][]; masters?: number; node: string | null }[] = [
  {
    name: 'all masters name one worker',
    pairs: [
      [1, 4],
      [2, 4],
      [3, 4],
    ],
    node: '10_0_0_4.demo',
  },
  {
    name: 'one master names all others',
    pairs: [
      [2, 1],
      [2, 3],
      [2, 4],
    ],
    node: '10_0_0_2.demo',
  },
  {
    name: 'one master is off, and all know',
    pairs: [
      [1, 2],
      [3, 2],
      [2, 1],
      [2, 3],
      [2, 4],
    ],
    node: '10_0_0_2.demo',
  },
  { name: 'one master has looked so far, and names one peer', pairs: [[1, 4]], node: '10_0_0_4.demo' },
  {
    name: 'two masters name each other',
    pairs: [
      [1, 2],
      [2, 1],
    ],
    node: null,
  },
  {
    name: 'two clocks are off',
    pairs: [
      [1, 3],
      [1, 4],
      [2, 3],
      [2, 4],
    ],
    node: null,
  },
];

test.each(rows)('the wrong clock where $name', ({ pairs, node }) => {
  const cluster = { ...emptyCluster({ kind: 'live', label: null, readOnly: true }), health: health(pairs) };
  expect(timeDrift(cluster)?.node ?? null).toBe(node);
  if (node !== null) expect(timeDrift(cluster)?.said).toContain(`the clock of ${node} is wrong`);
});

test('no drift is no wrong clock', () => {
  const cluster = { ...emptyCluster({ kind: 'live', label: null, readOnly: true }), health: health([]) };
  expect(timeDrift(cluster)).toBeNull();
});

function health(pairs: readonly [number, number][]) {
  const nodes = [1, 2, 3, 4].map((n): HealthNode => {
    const failed = pairs.filter(([from]) => from === n).map(([from, to]) => drift(from, to));
    const probes = failed.length > 0 ? failed : [fine];
    const role = n === 4 ? 'node' : 'master';
    return { name: `10_0_0_${n}.demo`, ip: `10.0.0.${n}`, role, member: 'alive', state: 'healthy', probes };
  });
  return { state: 'degraded' as const, at: null, servedAt: null, summary: null, nodes };
}

const fine: Probe = { checker: 'docker', state: 'running', severity: null, text: '' };

/** As the real agents word it (recordings/satellite/flight). */
function drift(from: number, to: number): Probe {
  const text = `time drift between 10.0.0.${from} and 10.0.0.${to} is higher than the allowed threshold of 300ms: 2.499828718s`;
  return { checker: 'time-drift', state: 'failed', severity: 'critical', text };
}
