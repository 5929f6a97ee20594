import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { plainText } from '../../src/console/plain-text.ts';
import { nodesOf } from '../../src/console/shown-nodes.ts';
import { nodeDetailRows } from '../../src/console/view/node-detail.ts';
import type { HistoryEvent } from '../../src/protocol/history.ts';
import { clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const iso = (ago: number) => new Date(now - ago).toISOString();
const hour = 3600_000;

function event(kind: HistoryEvent['kind'], ago: number, checker: string | null = null): HistoryEvent {
  return { at: iso(ago), kind, node: '192_168_1_12.demo', checker, from: null, to: null, text: '' };
}

const cluster = clusterOf(recordedPlan('failed-3m2w'), {
  history: [
    event('node.healthy', 20 * hour),
    event('node.degraded', 3 * hour),
    ...Array.from({ length: 20 }, (_, index) => event('probe.failed', 3 * hour - index, `checker-${index}`)),
    event('node.healthy', 2 * hour),
  ],
  health: {
    state: 'running',
    at: iso(3000),
    servedAt: iso(3000),
    summary: null,
    nodes: [
      {
        name: '192_168_1_12.demo',
        ip: '192.168.1.12',
        role: 'master',
        member: 'alive',
        state: 'healthy',
        probes: [
          { checker: 'docker', state: 'running', severity: null, text: '' },
          { checker: 'disk-space', state: 'failed', severity: 'warning', text: 'only 12% left on /var' },
        ],
      },
    ],
  },
});
const scene = sceneOf(cluster);
const node = nodesOf(scene).find(({ name }) => name === 'master-2');
if (!node) throw new Error('the recorded plan has a master-2');

describe('the details of a node', () => {
  const rows = textOf(nodeDetailRows(node, scene, { ui: uiOn('nodes'), width: 110 })).join('\n');
  test('have every probe, the bad ones first, with severity and text', () => {
    expect(rows).toMatch(/! disk-space {2}warning\n {2}only 12% left on \/var\n✓ docker/);
  });
  test('have its whole history, newest first', () => {
    expect(rows).toContain('its history, newest first, 23 events');
    for (let index = 0; index < 20; index += 1) expect(rows).toContain(`checker-${index}`);
  });
  test('have its role and its profile, once where they are the same', () => {
    const named = (profile: string) =>
      textOf(nodeDetailRows({ ...node, profile }, scene, { ui: uiOn('nodes'), width: 110 })).join('\n');
    expect(named('master')).toMatch(/^role +master$/m);
    expect(named('db')).toMatch(/^role +master, db$/m);
  });
  test('have how far the upgrade is with it', () => {
    expect(rows).toMatch(/upgrade +\d+ of its \d+ leaves completed/);
  });
  test('have a day in quarter hours, the worst of each', () => {
    const strip = rows.split('\n').find((row) => row.startsWith('-24h')) ?? '';
    expect(strip.slice(6)).toHaveLength(96);
    expect(strip).toMatch(/^-24h {2}·+▁+▆{4,6}▁+$/);
  });
  test('break the day into lines where room is short', () => {
    const narrow = textOf(nodeDetailRows(node, scene, { ui: uiOn('nodes'), width: 60 }));
    expect(narrow.filter((row) => /^-\d+h /.test(row)).map((row) => row.slice(0, 4))).toEqual([
      '-24h',
      '-12h',
    ]);
  });
  test('say the day in words in plain text', () => {
    const text = plainText(nodeDetailRows(node, scene, { ui: uiOn('nodes'), width: 110 }));
    expect(text).toMatch(/unknown \d+, healthy \d+, degraded \d+, healthy \d+/);
    expect(text).not.toContain('▁');
  });
});

test('a wide table tells how far the upgrade is with each node, a wider one what changed last', () => {
  const shown = (columns: number) =>
    textOf(frameRows(sceneOf(cluster, { size: { columns, rows: 36 } }), uiOn('nodes'))).join('\n');
  expect(shown(200)).toMatch(/master-2 .*\d+\/\d+/);
  expect(shown(240)).toMatch(/master-2 .*✓ 11-22 08:03:00/);
});

test('a thousand nodes draw the rows of the screen and no more', () => {
  const [server] = recordedPlan('failed-3m2w').servers;
  const plan = recordedPlan('failed-3m2w');
  if (!server) throw new Error('the recorded plan has servers');
  const servers = Array.from({ length: 1000 }, (_, index) => ({
    ...server,
    hostname: `node-${index}`,
    nodename: `node-${index}`,
    ip: `10.0.${Math.floor(index / 250)}.${index % 250}`,
  }));
  const big = sceneOf(clusterOf({ ...plan, servers }), { size: { columns: 200, rows: 24 } });
  const ui = uiOn('nodes');
  const far = { ...ui, lists: { ...ui.lists, nodes: { ...ui.lists.nodes, selected: '10.0.3.200' } } };
  const rows = textOf(frameRows(big, far));
  expect(rows).toHaveLength(24);
  expect(rows.join('\n')).toContain('node-950');
});
