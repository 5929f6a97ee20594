import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { width } from '../../src/console/cells.ts';
import { whyLines } from '../../src/console/linear/why-lines.ts';
import type { Ui } from '../../src/console/ui.ts';
import type { WhyOverlay } from '../../src/console/why-overlay.ts';
import { whyStanding } from '../../src/console/why-standing.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Why } from '../../src/protocol/why.ts';
import { clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w')));

const held: Why = {
  id: 'drain-held',
  phase: '/nodes/node-4/drain',
  question: 'Why is /nodes/node-4/drain not moving?',
  causes: [
    { text: 'running 14m, its siblings took 1m02s (p90 1m40s)', source: 'plan', at: ago(1) },
    {
      text: 'eviction of pod shop/shop-db-0 refused 9 times: disruption budget shop/shop-db allows 0 disruptions (1 of 1 ready needed)',
      source: 'kubernetes',
      at: ago(20),
    },
    { text: 'where the pod runs', source: 'health', at: null },
  ],
  next: {
    what: 'hand',
    text: 'scale shop-db to 2, or delete the pod if the data allows it',
    action: null,
    args: {},
    commands: ['/opt/image/gravity exec kubectl -n shop scale statefulset/shop-db --replicas=2'],
  },
  after: 'nothing: the drain goes on by itself',
};

function asking(part: Partial<WhyOverlay> = {}): Ui {
  const about = { phase: '/nodes/node-4/drain', refusal: null };
  const overlay: WhyOverlay = {
    kind: 'why',
    id: 1,
    about,
    answer: null,
    at: null,
    standing: null,
    problem: null,
    top: 0,
    beneath: null,
    ...part,
  };
  return uiOn('plan', { overlay });
}

function shown(ui: Ui, size = { columns: 80, rows: 24 }): string[] {
  return textOf(frameRows({ ...scene, size }, ui));
}

describe('why', () => {
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 120, rows: 36 },
    { columns: 40, rows: 10 },
  ])
    test(`fits a terminal of ${size.columns}x${size.rows}`, () => {
      const rows = shown(asking({ answer: held, at: now - 3000 }), size);
      expect(rows).toHaveLength(size.rows);
      for (const row of rows) expect(width(row)).toBeLessThanOrEqual(size.columns);
    });

  test('says when what it is about has changed since it was answered', () => {
    const phase = '/masters/master-2/drain';
    const about = { phase, refusal: null };
    const overlay = { about, answer: held, at: now, standing: whyStanding(scene.cluster, about) };
    const { plan } = scene.cluster;
    const phases = plan?.phases.map((each) =>
      each.id === phase ? { ...each, state: 'completed' as const } : each,
    );
    const later = { ...scene.cluster, plan: plan && { ...plan, phases: phases ?? [] } };
    const says = (cluster: Cluster) =>
      textOf(frameRows({ ...scene, cluster }, asking(overlay))).some((row) => row.includes('w asks again'));
    expect([says(scene.cluster), says(later)]).toEqual([false, true]);
  });

  test('says the same of a node that another source tells otherwise of', () => {
    const about = { phase: null, refusal: null, node: 'master-1' };
    const overlay = { about, answer: held, at: now, standing: whyStanding(scene.cluster, about) };
    const agents = [{ hostname: 'master-1', ip: '192.168.1.11', state: 'offline' as const, version: null }];
    const says = (cluster: Cluster) =>
      textOf(frameRows({ ...scene, cluster }, asking(overlay))).some((row) => row.includes('w asks again'));
    expect([says(scene.cluster), says({ ...scene.cluster, agents })]).toEqual([false, true]);
  });

  test('offers Enter only for a step that can be opened from here', () => {
    const footer = (answer: Why) => shown(asking({ answer, at: now })).at(-1);
    const action: Why = { ...held, next: { ...held.next, what: 'action', action: 'operation.step' } };
    expect(footer(held)).not.toContain('review the next step');
    expect(footer(action)).toContain('Enter review the next step');
  });

  test('numbers the causes, each with its source and age at the right edge, unknown said', () => {
    const rows = shown(asking({ answer: held, at: now - 3000 }));
    expect(rows).toContainEqual(
      expect.stringMatching(/^ Why is \/nodes\/node-4\/drain not moving\? +answered 3s ago$/),
    );
    expect(rows).toContainEqual(expect.stringMatching(/^ 1 {2}running 14m, .* plan, 1s ago$/));
    expect(rows).toContainEqual(expect.stringMatching(/^ 2 {2}eviction of pod .* kubernetes, 20s ago$/));
    expect(rows).toContainEqual(expect.stringMatching(/^ 3 {2}where the pod runs +health, age unknown$/));
  });

  test('says the next safe step, its command, whose work it is, and what comes after', () => {
    const text = shown(asking({ answer: held, at: now }), { columns: 120, rows: 36 }).join('\n');
    expect(text).toMatch(/Next safe step +scale shop-db to 2, or delete the pod/);
    expect(text).toContain('--replicas=2');
    expect(text).toContain('not run from here');
    expect(text).toMatch(/After that +nothing: the drain goes on by itself/);
  });

  test('with no cause says that nothing explains it', () => {
    const text = shown(asking({ answer: { ...held, causes: [] }, at: now })).join('\n');
    expect(text).toContain('nothing the agent can read explains it');
  });

  test('says that the agent is looking, and why it could not', () => {
    expect(shown(asking()).join('\n')).toContain('Checking…');
    const failed = shown(asking({ problem: 'no agent answers\nNext: start one' })).join('\n');
    expect(failed).toContain('no agent answers');
    expect(failed).toContain('Next: start one');
  });

  test('at the bottom are its keys, not those of the screen beneath', () => {
    expect(shown(asking({ answer: held, at: now })).at(-1)).toMatch(/y copy.*Esc close/);
  });

  test('in plain lines it is said whole, one sentence a line', () => {
    const said = whyLines(asking(), { ui: asking({ answer: held, at: now }), scene });
    expect(said).toContainEqual(expect.stringMatching(/^1 {2}running 14m, .* plan, 1s ago$/));
    expect(said).toContainEqual(expect.stringMatching(/^Next safe step +scale shop-db to 2/));
    const same = asking({ answer: held, at: now });
    expect(whyLines(same, { ui: same, scene })).toEqual([]);
  });
});
