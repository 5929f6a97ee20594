import { expect, test } from 'vitest';
import { readHistoryText } from '../../../src/adapters/gravity/history-text.ts';
import { readHealthFile } from '../../../src/adapters/satellite/health-file.ts';
import { readHistoryBody } from '../../../src/adapters/satellite/history-body.ts';
import { readHistoryFile } from '../../../src/adapters/satellite/history-file.ts';
import { readLocalBody } from '../../../src/adapters/satellite/local-body.ts';
import { readStatusBody } from '../../../src/adapters/satellite/status-body.ts';
import { transportProblem } from '../../../src/adapters/satellite/transport-problem.ts';
import type { HttpAnswer } from '../../../src/ports.ts';
import type { Health } from '../../../src/protocol/health.ts';
import type { Reading } from '../../../src/protocol/problem.ts';
import { recording, recordings, recordingText } from '../../recordings.ts';

/** A recorded answer: its status line, headers and body. */
function answer(name: string): HttpAnswer {
  const [first = '', ...rest] = recordingText(`satellite/${name}.headers`).trimEnd().split(/\r?\n/);
  const headers = Object.fromEntries(
    rest.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return {
    ok: true,
    status: Number(first.split(' ')[1]),
    headers,
    body: recording(`satellite/${name}.body.json`),
    durationMs: 10,
  };
}

function served(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { ok: true, status, headers, body: bytes, durationMs: 10 };
}

function good<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

function statesOf(health: Health): Record<string, string> {
  return Object.fromEntries(health.nodes.map(({ name, state }) => [name.slice(0, 9), state]));
}

const names = recordings('satellite')
  .filter((path) => path.endsWith('.body.json'))
  .map((path) => path.slice('satellite/'.length, -'.body.json'.length));

for (const name of names) {
  const path = /url=https:\/\/[^/]+(\/\w*)/.exec(recordingText(`satellite/${name}.meta`))?.[1] ?? '/';
  const stored = JSON.parse(recordingText(`satellite/${name}.body.json`));

  if (path === '/history') {
    test(`${name}: every event of the timeline is read, or why there is none`, () => {
      const reading = readHistoryBody(answer(name));
      if (stored.error !== undefined) {
        expect(reading).toMatchObject({ ok: false, problem: { code: 'health.worker-history' } });
        return;
      }
      expect(good(reading).map(({ at }) => at)).toEqual(
        (stored.events ?? []).map(({ timestamp }: { timestamp: string }) => timestamp),
      );
      expect(readHistoryFile(recording(`satellite/${name}.body.json`))).toEqual(reading);
    });
  } else {
    test(`${name}: the ${path} answer is read whole, whatever its HTTP status`, () => {
      const reading = path === '/local' ? readLocalBody(answer(name)) : readStatusBody(answer(name));
      const health = good(reading);
      const nodes = path === '/local' ? [stored] : (stored.nodes ?? []);
      expect(health.state).toBe(stored.status ?? 'unknown');
      expect(health.servedAt).toMatch(/^2026-11-22T/);
      expect(health.nodes.map((node) => node.probes.length)).toEqual(
        nodes.map((node: { probes?: [] }) => node.probes?.length ?? 0),
      );
      const fromFile = good(readHealthFile(recording(`satellite/${name}.body.json`)));
      expect(fromFile.nodes).toEqual(health.nodes);
    });
  }
}

test('what a dead, a frozen, a crashed and a restarted node look like', () => {
  const frozen = good(readStatusBody(answer('node3-agent-frozen-seen-by-node1')));
  const killed = good(readStatusBody(answer('node3-agent-killed-serf-alive')));
  const crashed = good(readStatusBody(answer('node3-crashed-member-failed')));
  for (const health of [frozen, killed, crashed]) expect(statesOf(health)['127_0_7_3']).toBe('offline');
  expect(crashed.nodes.find(({ state }) => state === 'offline')).toMatchObject({
    member: 'failed',
    probes: [],
  });
});

test('503 with nothing in it is an agent that has just started, not a broken one', () => {
  expect(readStatusBody(answer('node3-agent-just-started'))).toMatchObject({
    ok: true,
    value: { state: 'unknown', nodes: [] },
    remarks: ['just-started'],
  });
  expect(readLocalBody(answer('node3-agent-just-started-local'))).toMatchObject({
    value: { nodes: [{ state: 'unknown', member: null, ip: '127.0.7.3' }] },
    remarks: ['just-started'],
  });
});

test('a warning leaves a node healthy and keeps its severity; an absent severity is critical', () => {
  const warned = good(readStatusBody(answer('warning-only-disk-85pct')));
  const failed = warned.nodes.flatMap(({ probes }) => probes).filter(({ state }) => state === 'failed');
  expect(failed.map(({ severity }) => severity)).toContain('warning');
  expect(Object.values(statesOf(warned))).not.toContain('degraded');
  const down = good(readStatusBody(answer('docker-down-node2-asked-on-node1')));
  const docker = down.nodes.flatMap(({ probes }) => probes).filter(({ state }) => state === 'failed');
  expect(docker[0]).toMatchObject({ checker: 'docker', severity: 'critical' });
});

test('an answer older than a minute by the endpoint’s own clock is stale and shown all the same', () => {
  const body = { status: 'running', timestamp: '2026-11-22T10:00:00.123456789Z', nodes: [{ name: 'a' }] };
  const at = (date: string) => readStatusBody(served(200, body, { Date: date }));
  expect(at('Sun, 22 Nov 2026 10:00:59 GMT')).toMatchObject({ ok: true, remarks: [] });
  expect(at('Sun, 22 Nov 2026 10:01:05 GMT')).toMatchObject({ ok: true, remarks: ['stale'] });
  expect(at('not a date')).toMatchObject({ ok: true, remarks: [] });
});

const nodeStates: [string, unknown, string][] = [
  ['a status running', { name: 'n', status: 'running' }, 'healthy'],
  ['a status degraded', { name: 'n', status: 'degraded' }, 'degraded'],
  [
    'no status, but a member known alive',
    { name: 'n', member_status: { name: 'n', status: 'alive' } },
    'offline',
  ],
  ['a member that is but a name', { name: 'n', member_status: { name: 'n' } }, 'unknown'],
  ['no member at all', { name: 'n' }, 'unknown'],
  ['a status of another type', { name: 'n', status: 7 }, 'unknown'],
  [
    'probes without a status',
    { name: 'n', member_status: { status: 'alive' }, probes: [{ checker: 'c' }] },
    'unknown',
  ],
];

for (const [name, node, state] of nodeStates) {
  test(`a node with ${name} is ${state}`, () => {
    const health = good(readStatusBody(served(503, { status: 'degraded', nodes: [node] })));
    expect(health.nodes[0]?.state).toBe(state);
  });
}

test('a probe’s text is detail (error), or one of both, and clean', () => {
  const probes = [
    { checker: 'a', detail: 'd', error: 'e', status: 'failed', severity: 'warning' },
    { checker: 'b', error: 'e\x1b]0;evil\x07\u202e', status: 'failed' },
    { checker: 'c', detail: 'd', status: 'running', severity: 'warning' },
    { checker: 'd', status: 'terminated' },
  ];
  const health = good(readStatusBody(served(503, { nodes: [{ name: 'n\x1b[31m', probes }] })));
  expect(health.nodes[0]).toMatchObject({
    name: 'n',
    probes: [
      { text: 'd (e)', state: 'failed', severity: 'warning' },
      { text: 'e', state: 'failed', severity: 'critical' },
      { text: 'd', state: 'running', severity: null },
      { text: '', state: 'failed', severity: 'critical' },
    ],
  });
});

const answers: [string, HttpAnswer, string][] = [
  ['an error of the agent', served(503, { error: 'boom' }), 'health.error'],
  [
    'HTTP 400 to plain http',
    served(400, 'Client sent an HTTP request to an HTTPS server.\n'),
    'health.plain-http',
  ],
  ['HTTP 405', served(405, ''), 'health.error'],
  ['HTTP 502 of a proxy', served(502, '<html>bad gateway</html>'), 'health.error'],
  ['an empty body', served(200, ''), 'answer.empty'],
  ['half a body', served(200, '{"status":"running","nodes":[{"na'), 'answer.truncated'],
  ['a page', served(200, '<html></html>'), 'answer.not-json'],
  ['a list', served(200, []), 'answer.wrong-shape'],
  ['nodes that are a word', served(200, { nodes: 'x' }), 'answer.wrong-shape'],
];

for (const [name, given, code] of answers) {
  test(`${name} is ${code}`, () => {
    expect(readStatusBody(given)).toMatchObject({ ok: false, problem: { code } });
  });
}

const history: [string, HttpAnswer, string][] = [
  ['a worker’s error', served(503, { error: 'rpc error: code = Unknown' }), 'health.worker-history'],
  ['the status body of an old agent', served(200, { status: 'running', nodes: [] }), 'health.no-timeline'],
];

for (const [name, given, code] of history) {
  test(`history: ${name} is ${code}`, () => {
    expect(readHistoryBody(given)).toMatchObject({ ok: false, problem: { code } });
  });
}

test('an empty history is an empty list', () => {
  expect(readHistoryBody(served(200, {}))).toEqual({ ok: true, value: [], remarks: [] });
});

test('the history of the endpoint and the one gravity prints tell the same of each event', () => {
  const bare = ({ at, ...event }: { at: string }) => event;
  const json = good(readHistoryBody(answer('history-leader-changed')));
  const text = good(readHistoryText(recordingText('satellite/history-final-node1.txt')));
  expect(text.slice(0, json.length).map(bare)).toEqual(json.map(bare));
  expect(readHistoryText(recordingText('satellite/history-final-node2.txt')).ok).toBe(true);
});

// Lines of recordings/satellite/node-https-client.txt, connection-refused.txt, frozen-agent.txt; then other releases' words.
const transport: [string, string, string][] = [
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    "Hostname/IP does not match certificate's altnames",
    'health.name-mismatch',
  ],
  [
    'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
    'ssl3_read_bytes:sslv3 alert bad certificate',
    'health.certificate-refused',
  ],
  [
    'EPROTO',
    'write EPROTO 800C:error:0A000412:SSL routines:sslv3 alert bad certificate',
    'health.certificate-refused',
  ],
  [
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'tlsv13 alert certificate required',
    'health.certificate-refused',
  ],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tlsv1 alert unknown ca', 'health.certificate-refused'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'health.server-untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', 'health.server-untrusted'],
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'health.server-expired'],
  ['CERT_NOT_YET_VALID', 'certificate is not yet valid', 'health.server-expired'],
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.7.9:7575', 'health.refused'],
  ['timeout', 'no answer in 5000 ms', 'health.hangs'],
  ['ETIMEDOUT', 'connect ETIMEDOUT', 'health.hangs'],
  ['EHOSTUNREACH', 'connect EHOSTUNREACH 10.0.0.1:7575', 'health.unreachable'],
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND nosuch', 'health.unreachable'],
  ['ECONNRESET', 'socket hang up', 'health.certificate-refused'],
  ['ECONNRESET', 'read ECONNRESET', 'health.unreachable'],
  ['ENOENT', 'open /var/lib/gravity/secrets/root.cert', 'health.certificate-missing'],
  ['too-large', 'more than 8 MB', 'answer.too-large'],
];

for (const [code, message, expected] of transport) {
  test(`no answer because of ${code} is ${expected}`, () => {
    expect(transportProblem({ code, message }).code).toBe(expected);
    expect(readStatusBody({ ok: false, code, message, durationMs: 1 }).ok).toBe(false);
  });
}
