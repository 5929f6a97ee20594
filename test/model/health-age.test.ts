import { describe, expect, test } from 'vitest';
import { nodesText } from '../../src/commands/nodes-text.ts';
import { overviewText } from '../../src/console/view/overview.ts';
import { wrongs } from '../../src/model/autopilot/wrongs.ts';
import { fold } from '../../src/model/fold.ts';
import { healthKnowledge } from '../../src/model/health-age.ts';
import { clockWords, nodesUnknownWords } from '../../src/model/health-words.ts';
import { nodeRows } from '../../src/model/node-rows.ts';
import { clusterNodesTwin } from '../../src/model/twin-nodes.ts';
import { healthVerdict } from '../../src/model/twin-verdict.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { HealthNode, NodeState } from '../../src/protocol/health.ts';
import type { SourceState } from '../../src/protocol/source.ts';
import type { StatusNode } from '../../src/protocol/status.ts';
import { clusterOf, now, sceneOf, textOf, uiOn } from '../console/a-scene.ts';
import { aStatus } from './a-status.ts';

const collected = '2026-11-22T09:49:03.000Z';
const clock = (at: string) => at.slice(11, 19);

describe('a reading of health that no longer counts', () => {
  const rows: { name: string; source: Partial<SourceState>; why: string }[] = [
    { name: 'the endpoint does not answer', source: { state: 'failing' }, why: 'failing' },
    { name: 'its serf is dead', source: { state: 'doubtful', remarks: ['stale'] }, why: 'stale' },
    {
      name: 'its agent has just started',
      source: { state: 'doubtful', remarks: ['just-started'] },
      why: 'just-started',
    },
    { name: 'nobody asked in time', source: { state: 'good' }, why: 'old' },
  ];
  describe.each(rows)('because $name', ({ source, why }) => {
    const cluster = known({ health: 'healthy', source });

    test('says since when, and how the nodes were then', () => {
      expect(healthKnowledge(cluster, now)).toEqual({ is: 'unknown', since: Date.parse(collected), why });
      expect(nodesUnknownWords(cluster, { now, clock })).toContain(
        'unknown since 09:49:03, then all 2 healthy',
      );
    });

    test('is green nowhere on the overview, and in no row of the nodes', () => {
      const text = overviewText(sceneOf(cluster), uiOn('overview'));
      expect(textOf(text).join('\n')).toMatch(/nodes +unknown since \S+, then all 2 healthy/);
      expect(text.flat().some(({ text: words, role }) => role === 'good' && words.includes('healthy'))).toBe(
        false,
      );
      const twin = clusterNodesTwin(cluster, now);
      expect(twin.state).toBe('unknown');
      expect(twin.nodes.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
      expect(nodesText(twin).join('\n')).not.toContain('✓');
    });

    test('makes status and nodes end with 7, and holds the autopilot', () => {
      expect(healthVerdict(cluster, now).exit).toBe(7);
      expect(wrongs(cluster, now).map(({ what }) => what)).toContain('health');
    });
  });

  test('gives way to a newer status, whose word on a node in trouble counts', () => {
    const cluster = known({
      health: 'healthy',
      source: { state: 'failing' },
      status: ['healthy', 'offline'],
    });
    expect(nodeRows(cluster).map(({ state, from }) => [state, from])).toEqual([
      ['healthy', 'status'],
      ['offline', 'status'],
    ]);
    const text = textOf(overviewText(sceneOf(cluster), uiOn('overview'))).join('\n');
    expect(text).toContain('says n2 offline');
    expect(text).not.toContain('disagree');
  });

  test('does not give way to a status that heard no health agent', () => {
    const cluster = known({
      health: 'healthy',
      source: { state: 'failing' },
      status: ['offline', 'offline'],
    });
    expect(nodeRows(cluster).map(({ from }) => from)).toEqual(['health', 'health']);
  });
});

test('health never read is said beside what status says', () => {
  const cluster = known({ status: ['healthy', 'healthy'] });
  const text = textOf(overviewText(sceneOf(cluster), uiOn('overview'))).join('\n');
  expect(text).toContain('status says all 2 healthy; health never read');
  expect(text).not.toContain('✓ all');
});

test('a fresh reading that contradicts status is told with both ages', () => {
  const cluster = known({
    health: 'degraded',
    source: { state: 'good', lastGood: new Date(now - 3000).toISOString() },
    status: ['healthy', 'healthy'],
    at: new Date(now - 3000).toISOString(),
  });
  const text = textOf(overviewText(sceneOf(cluster), uiOn('overview')))
    .join(' ')
    .replace(/\s+/g, ' ');
  expect(text).toContain('n1: status (6s ago) says healthy, the health endpoint (3s ago) says degraded');
});

test('a clock of the endpoint that is not ours is told, whichever way', () => {
  const bare = clusterOf(null, { health: null, status: null });
  const read = (servedAt: string) => {
    const health = { state: 'running' as const, at: servedAt, servedAt, summary: null, nodes: [] };
    return clockWords(fold(bare, { kind: 'health.read', seen: '2026-11-22T10:00:00.500Z', health }));
  };
  expect(read('2026-11-22T09:58:00.000Z')).toMatch(/ is 120 s behind the clock of this agent/);
  expect(read('2026-11-22T10:02:00.000Z')).toMatch(/ is 120 s ahead of the clock of this agent/);
  expect(read('2026-11-22T10:00:00.000Z')).toBeNull();
});

function known(part: {
  health?: NodeState;
  source?: Partial<SourceState>;
  status?: StatusNode['state'][];
  at?: string;
}): Cluster {
  const bare = clusterOf(null, { health: null, status: null });
  const at = part.at ?? collected;
  const { sources } = bare;
  const cluster: Cluster = {
    ...bare,
    status: part.status === undefined ? null : aStatus(part.status),
    sources: {
      ...sources,
      health: { ...sources.health, lastGood: at, ...part.source },
      status: { ...sources.status, lastGood: new Date(now - 6000).toISOString() },
    },
  };
  if (part.health === undefined) return cluster;
  const nodes = ['1', '2'].map((n) => healthNode(n, part.health ?? 'healthy'));
  const health = { state: 'running' as const, at, servedAt: at, summary: null, nodes };
  return fold(cluster, { kind: 'health.read', seen: at, health });
}

function healthNode(n: string, state: NodeState): HealthNode {
  return { name: `n${n}`, ip: `10.0.0.${n}`, role: 'master', member: 'alive', state, probes: [] };
}
