import { describe, expect, test } from 'vitest';
import { paint } from '../../components/paint.ts';
import { frameRows } from '../../screens/frame.ts';
import { cursorOf } from '../../src/console/items.ts';
import type { Key } from '../../src/console/keys/key.ts';
import { nodeItems } from '../../src/console/node-items.ts';
import type { Scene } from '../../src/console/scene.ts';
import type { ScreenId } from '../../src/console/screen-table.ts';
import type { Ui } from '../../src/console/ui.ts';
import { update } from '../../src/console/update/update.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { HealthNode } from '../../src/protocol/health.ts';
import { anAutopilot } from '../console/a-cockpit.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const plan = recordedPlan('failed-3m2w');
const at = (ago: number) => new Date(now - ago).toISOString();
const runs = Array.from({ length: 30 }, (_, index) =>
  aRun({ id: `run-${index}`, state: 'done', finishedAt: at(index * 1000) }),
);
const history = Array.from({ length: 60 }, (_, index) => ({
  at: at(100_000 - index * 1000),
  kind: 'leader.elected' as const,
  node: null,
  checker: null,
  from: null,
  to: `192.168.1.1${index % 3}`,
  text: `${index}`,
}));
const operations = Array.from({ length: 40 }, (_, index) => ({
  id: `operation-${index}`,
  type: 'operation_update',
  state: 'completed',
  description: 'Upgrade to version 2.5.0',
  created: at(index * 60_000),
  progress: null,
}));
const [server] = plan.servers;
if (server === undefined) throw new Error('the recorded plan has servers');
const servers = Array.from({ length: 33 }, (_, index) => ({
  ...server,
  hostname: `node-${index}`,
  ip: `10.0.0.${index}`,
}));
const long = clusterOf({ ...plan, servers }, { runs, history, operations });

function pressed(scene: Scene, ui: Ui, keys: readonly Key[]): Ui {
  return keys.reduce((before, key) => update(before, scene, key).ui, ui);
}

function rows(scene: Scene, ui: Ui): string[] {
  return textOf(frameRows(scene, ui));
}

describe('a list that is cut says where it stands, and where there is more', () => {
  const scene = sceneOf(long);
  for (const screen of [
    'plan',
    'nodes',
    'history',
    'operations',
    'runs',
  ] as const satisfies readonly ScreenId[])
    test(screen, () => {
      const opened = pressed(scene, uiOn(screen), ['home']);
      expect(rows(scene, opened).join('\n')).toMatch(/ 1-\d+ of \d+ ▼/);
      expect(rows(scene, pressed(scene, opened, ['G'])).join('\n')).toMatch(/ \d+-(\d+) of \1 ▲/);
    });
  for (const [name, key] of [
    ['the menu', 'a'],
    ['the palette', ':'],
  ] as const)
    test(name, () => {
      const opened = pressed(scene, uiOn('plan'), [key]);
      expect(rows(scene, opened).join('\n')).toMatch(/ 1-\d+ of \d+ ▼/);
    });
  test('the help', () => {
    const opened = pressed(scene, uiOn('nodes'), ['?']);
    expect(rows(scene, opened).join('\n')).toMatch(/Keys +1-\d+ of \d+ ▼/);
  });
  test('and nothing where all of it shows', () => {
    const tall = sceneOf(clusterOf(plan, { operations: operations.slice(0, 2) }));
    expect(rows(tall, uiOn('operations')).join('\n')).not.toMatch(/ of \d+ [▲▼]/);
  });
});

describe('the selected row', () => {
  const scene = sceneOf(long, { size: { columns: 120, rows: 36 } });
  const painted = (ui: Ui) => frameRows(scene, ui).map((row) => paint(row, false));
  for (const screen of ['plan', 'nodes', 'history', 'operations', 'runs'] as const)
    test(`is in reverse without any colour on ${screen}`, () => {
      const reversed = painted(uiOn(screen)).filter((row, line) => line > 2 && row.includes('▌'));
      expect(reversed).toHaveLength(1);
      expect(reversed[0]).toMatch(/\u001b\[(\d;)?7m▌/);
    });
  test('is in reverse no longer where the details have the focus, and they say so', () => {
    const focused = pressed(scene, uiOn('nodes'), ['tab']);
    expect(painted(focused).find((row) => row.includes('▌'))).not.toMatch(/\u001b\[(\d;)?7m▌/);
    expect(rows(scene, focused).join('\n')).toContain('[details]');
    expect(rows(scene, uiOn('nodes')).join('\n')).not.toContain('[details]');
  });
  test('keeps the focus where no second pane is on the screen', () => {
    const narrow = sceneOf(long);
    for (const screen of ['plan', 'nodes', 'operations', 'history'] as const)
      expect(pressed(narrow, uiOn(screen), ['tab']).lists[screen].detail).toBe(false);
  });
  test('has its details below it on a screen that is tall and narrow', () => {
    const tall = sceneOf(long, { size: { columns: 60, rows: 60 } });
    const text = rows(tall, uiOn('plan')).join('\n');
    expect(text).toContain('× drain');
    expect(text).toMatch(/runs on +master-1/);
  });
});

/** Masters 1 to 3 and two workers: one down unexpectedly, one by its system upgrade, one with a warning. */
function troubled(part: Partial<Cluster> = {}): Cluster {
  const running = recordedPlan('in-progress-3m2w');
  const states: Record<string, Partial<HealthNode>> = {
    'master-2': { state: 'offline' },
    'worker-1': { state: 'offline' },
    'worker-2': {
      probes: [{ checker: 'disk', state: 'failed', severity: 'warning', text: 'kubelet is not healthy' }],
    },
  };
  const nodes = running.servers.map(
    ({ hostname, ip, role }): HealthNode => ({
      name: hostname,
      ip,
      role,
      member: 'alive',
      state: 'healthy',
      probes: [{ checker: 'docker', state: 'running', severity: null, text: '' }],
      ...states[hostname],
    }),
  );
  const health = { state: 'degraded' as const, at: at(2000), servedAt: at(2000), summary: null, nodes };
  return clusterOf(running, { health, ...part });
}

describe('the nodes', () => {
  const scene = sceneOf(troubled());
  const names = (filter: string) => nodeItems(scene, filter).map(({ name }) => name);
  test('begin with the unexpected, then the expected, then warnings, then the healthy', () => {
    expect(names('').slice(0, 3)).toEqual(['worker-1', 'master-2', 'worker-2']);
    expect(cursorOf(scene, uiOn('nodes'))).toBe('192.168.1.101');
  });
  test('are excluded by name and state, never by the text of a probe', () => {
    expect(names('!healthy')).toEqual(['worker-1', 'master-2']);
    expect(names('!kubelet')).toHaveLength(5);
    expect(names('kubelet')).toEqual(['worker-2']);
  });
  test('are found by the verdict on the screen', () => expect(names('unexpected')).toEqual(['worker-1']));
  test('say that none matches', () => {
    const filtered = pressed(scene, uiOn('nodes'), ['/', ...'zzz']);
    expect(rows(scene, filtered).join('\n')).toContain('No items match the filter');
  });
  test('of which some are down as expected need nobody’s attention for that', () => {
    const text = rows(scene, uiOn('overview')).join('\n');
    expect(text).toContain('2 of 5 need attention, 1 of 5 down, expected');
  });
});

describe('a phase is found by the words on the screen', () => {
  const scene = sceneOf(clusterOf(recordedPlan('in-progress-3m2w')));
  for (const word of ['running', 'in progress', 'in_progress'])
    test(word, () => {
      const ui = pressed(
        scene,
        uiOn('plan'),
        ['/', ...word.replace(' ', '\u0000')].map((key) => (key === '\u0000' ? 'space' : key)),
      );
      expect(rows(scene, ui).join('\n')).toContain('→ system-upgrade');
    });
});

describe('F', () => {
  const scene = sceneOf(
    troubled({ autopilot: anAutopilot({ state: 'paused', hold: 'breakpoint', phase: '/etcd' }) }),
  );
  test('goes from one thing that calls to the next, from any screen, and round again', () => {
    const first = pressed(scene, uiOn('runs'), ['F']);
    expect([first.screen, cursorOf(scene, first)]).toEqual(['nodes', '192.168.1.101']);
    const second = pressed(scene, first, ['F']);
    expect([second.screen, cursorOf(scene, second)]).toEqual(['plan', '/etcd']);
    expect(pressed(scene, second, ['F']).screen).toBe('nodes');
  });
  test('says so where nothing calls', () => {
    const quiet = sceneOf(clusterOf(recordedPlan('midway-3m2w')));
    const ui = pressed(quiet, uiOn('runs'), ['F']);
    expect([ui.screen, ui.notice?.text]).toEqual(['runs', expect.stringContaining('No failed phase')]);
  });
});
