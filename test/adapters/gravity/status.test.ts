import { expect, test } from 'vitest';
import { readStatus } from '../../../src/adapters/gravity/status.ts';
import type { Reading } from '../../../src/protocol/problem.ts';
import type { Status } from '../../../src/protocol/status.ts';
import { recording, recordings } from '../../recordings.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

function good(reading: Reading<Status>): Status {
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

function status(document: unknown): Reading<Status> {
  return readStatus(Buffer.from(JSON.stringify(document)), now);
}

/** What JSON and text both tell, in the text's resolution. */
function common({
  cluster,
  state,
  image,
  operation,
  activeOperations,
  nodes,
  alerts,
  clientVersion,
}: Status) {
  const shown = alerts
    ?.filter((alert) => alert.state === 'active')
    .map(({ name, message }) => [name, message]);
  return {
    cluster,
    state,
    image,
    clientVersion,
    operations: [operation, ...activeOperations].map(
      (each) => each && [each.id, each.type, each.state, each.description, each.created?.slice(0, 16)],
    ),
    nodes: nodes
      ?.map(({ hostname, ip, state: node, failed, warnings, access }) => [
        hostname,
        ip,
        node,
        failed,
        warnings,
        access,
      ])
      .sort(),
    alerts: shown ?? [],
  };
}

const pairs = recordings('cli').flatMap((path) => {
  const name = /^cli\/status-json-(.*)\.stdout$/.exec(path)?.[1];
  return name === undefined ? [] : [name];
});

for (const name of pairs) {
  test(`status ${name} says the same in text as in JSON`, () => {
    const json = good(readStatus(recording(`cli/status-json-${name}.stdout`), now));
    const text = good(readStatus(recording(`cli/status-text-${name}.stdout`), now));
    const { alerts, ...rest } = common(text);
    expect(rest).toEqual(expect.objectContaining(withoutAlerts(common(json))));
    expect(alerts).toEqual(common(json).alerts);
  });
}

function withoutAlerts({ alerts: _, ...rest }: ReturnType<typeof common>) {
  return rest;
}

test('every alert is kept with its state; one that gravity made up itself has no beginning', () => {
  const alerts = [
    {
      labels: { alertname: 'WatchdogDown', severity: 'critical' },
      annotations: {},
      status: { state: 'firing' },
    },
    { labels: { alertname: 'A' }, annotations: { description: 'd' }, startsAt: '0001-01-01T00:00:00Z' },
  ];
  expect(good(status({ cluster: { alerts } })).alerts).toEqual([
    { name: 'WatchdogDown', severity: 'critical', state: 'firing', message: '', since: null },
    { name: 'A', severity: null, state: 'unknown', message: 'd', since: null },
  ]);
});

test('a status of 5.5 or 6.1, and one of a cluster that answers nothing, are read', () => {
  const old = {
    Extension: {},
    system_status: 2,
    endpoints: { applications: { Endpoints: [] }, cluster: { ui: ['https://a'] } },
    operation: {
      type: 'operation_expand',
      id: 'x',
      state: 'expand_deploying',
      created: '0001-01-01T00:00:00Z',
    },
    nodes: null,
    kapacitor_alerts: [],
  };
  expect(good(status({ cluster: old }))).toMatchObject({
    systemStatus: 'degraded',
    nodes: null,
    alerts: null,
    operation: { description: 'operation_expand', created: null, progress: null },
    endpoints: { ui: ['https://a'], authGateway: [] },
  });
  const dark = {
    cluster: { domain: '', application: { name: '' } },
    local_checks: [{ detail: 'd', error: 'e' }],
  };
  expect(good(status(dark))).toMatchObject({
    cluster: null,
    image: null,
    localChecks: ['d (e)'],
    systemStatus: 'unknown',
  });
});

test('an offline node has no role, and no remote access when gravity lists none', () => {
  const node = { hostname: 'w', advertise_ip: '10.0.0.9', role: '', profile: '', status: 'offline' };
  expect(good(status({ cluster: { nodes: [node, { ...node, status: 'new word' }] } })).nodes).toMatchObject([
    { role: null, profile: null, state: 'offline', access: 'offline' },
    { state: 'unknown' },
  ]);
});

const refused: [string, unknown, string][] = [
  ['an object that is none', {}, 'answer.wrong-shape'],
  ['a list', [], 'answer.wrong-shape'],
  ['a cluster that is a word', { cluster: 'x' }, 'answer.wrong-shape'],
];

for (const [name, document, code] of refused) {
  test(`${name} instead of a status is ${code}`, () => {
    expect(status(document)).toMatchObject({ ok: false, problem: { code } });
  });
}

test('text that is no status is refused by what it is', () => {
  const read = (text: string) => readStatus(Buffer.from(text), now);
  expect(read('')).toMatchObject({ problem: { code: 'answer.empty' } });
  expect(read('\x1b[31m[ERROR]: no such\n')).toMatchObject({ problem: { code: 'gravity.error' } });
  expect(read('hello\n')).toMatchObject({ problem: { code: 'answer.wrong-shape' } });
});

test('a reason, a failed operation and endpoints are read from text', () => {
  const text = `Cluster name:\tdemo
Cluster status:\tdegraded (the license is not valid)
Application:\tshop, version 1.0.0
Gravity version:\t6.1.0 (client) / 6.1.1 (server)
Active operations:
    * Join node w (10.0.0.9) as worker
      ID:\tb
      Started:\tMon Feb 29 10:00 UTC (now)
      Installing, 40% complete
Last completed operation:
    * Upgrade to version 2
      ID:\ta
      Started:\tSat Nov 21 10:00 UTC (1 day ago)
      Failed:\tSat Nov 21 10:30 UTC (1 day ago)
Cluster endpoints:
    * Authentication gateway:
        - 10.0.0.1:32009
    * Cluster management URL:
        - https://10.0.0.1:32009
        - https://10.0.0.2:32009
Failed to collect system status from agents
`;
  expect(good(readStatus(Buffer.from(text), now))).toMatchObject({
    reason: 'license_invalid',
    image: { name: 'shop', version: '1.0.0' },
    serverVersion: '6.1.1',
    nodes: null,
    systemStatus: 'unknown',
    activeOperations: [{ type: 'operation_expand', progress: 'Installing', created: '2016-02-29T10:00:00Z' }],
    operation: { state: 'failed', created: '2026-11-21T10:00:00Z' },
    endpoints: { authGateway: ['10.0.0.1:32009'], ui: ['https://10.0.0.1:32009', 'https://10.0.0.2:32009'] },
  });
});
