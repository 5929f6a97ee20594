import { expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { overviewText } from '../../src/console/view/overview.ts';
import type { SourceState } from '../../src/protocol/source.ts';
import type { Alert, Status } from '../../src/protocol/status.ts';
import { clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const anAlert = (name: string, severity: string | null, state = 'active'): Alert => ({
  name,
  severity,
  state,
  message: `${name} fires`,
  since: new Date(now - 3 * 3600_000).toISOString(),
});
const status: Status = {
  cluster: 'demo.example.com',
  state: 'degraded',
  reason: 'kubernetes API is not answering',
  image: { name: 'app', version: '2.4.0' },
  cloudProvider: null,
  clientVersion: null,
  serverVersion: null,
  systemStatus: 'degraded',
  operation: null,
  activeOperations: [],
  endpoints: {
    authGateway: ['192.168.1.11:32009'],
    ui: ['https://192.168.1.11:32009', 'https://other:32009'],
  },
  nodes: null,
  alerts: [
    ...['a', 'b', 'c', 'd'].map((name) => anAlert(`Warning-${name}`, 'warning')),
    anAlert('Critical', 'critical'),
    anAlert('Silenced', 'critical', 'suppressed'),
  ],
  localChecks: ['open ports: 4001 is taken'],
};
const shown = textOf(
  overviewText(sceneOf(clusterOf(recordedPlan('failed-3m2w'), { status })), uiOn('overview')),
).join('\n');

test('the overview tells the state with its reason and where the cluster is reached', () => {
  expect(shown).toContain('degraded   kubernetes API is not answering');
  expect(shown).toMatch(/web +https:\/\/192\.168\.1\.11:32009 {2}https:\/\/other:32009/);
  expect(shown).toMatch(/gateway +192\.168\.1\.11:32009/);
});

test('it has the worst alert first, how long each fires, and how many are left out', () => {
  expect(shown).toMatch(/alerts +Critical +critical +for 3h +Critical fires/);
  expect(shown).toContain('and 1 more');
  expect(shown).not.toContain('Silenced');
});

test('it has what gravity found wrong with the node it asked', () => {
  expect(shown).toMatch(/checks +open ports: 4001 is taken/);
});

test('it has the cluster’s name from the plan while status, with gravity-site away, has none', () => {
  const dark = { ...status, cluster: null, image: null };
  const text = textOf(
    overviewText(sceneOf(clusterOf(recordedPlan('failed-3m2w'), { status: dark })), uiOn('overview')),
  ).join('\n');
  expect(text).toMatch(/cluster +demo\.example\.com {3}image unknown/);
});

test('where it is scrolled, it says which of its lines are on the screen', () => {
  const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w'), { status }), {
    size: { columns: 80, rows: 12 },
  });
  const firstLine = (top: number) => {
    const ui = uiOn('overview');
    const lists = { ...ui.lists, overview: { ...ui.lists.overview, top } };
    return textOf(frameRows(scene, { ...ui, lists }))[3] ?? '';
  };
  expect(firstLine(0)).toMatch(/cluster +demo.* 1-8 of \d+ ▼$/);
  expect(firstLine(2)).toMatch(/ 3-10 of \d+ ▲▼$/);
});

test('it names the sources that are late or fail, and no other', () => {
  const cluster = clusterOf(recordedPlan('failed-3m2w'), { status });
  const good = (source: SourceState, ago: number): SourceState => {
    const at = new Date(now - ago).toISOString();
    return { ...source, state: 'good', at, lastGood: at };
  };
  const read = (ages: { status: number; history: number }) => {
    const { sources } = cluster;
    const all = Object.fromEntries(
      Object.values(sources).map((source) => [source.source, good(source, 4000)]),
    ) as typeof sources;
    const some = {
      status: good(sources.status, ages.status),
      history: good(sources.history, ages.history),
    };
    return textOf(overviewText(sceneOf({ ...cluster, sources: { ...all, ...some } }), uiOn('overview'))).join(
      '\n',
    );
  };
  expect(read({ status: 50_000, history: 290_000 })).not.toContain('last read');
  expect(read({ status: 130_000, history: 290_000 })).toMatch(/last read +status 2m ago$/m);
});
