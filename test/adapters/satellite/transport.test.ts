import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStatusBody } from '../../../src/adapters/satellite/status-body.ts';
import { systemCertificates } from '../../../src/adapters/system/certificates.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { systemHttp } from '../../../src/adapters/system/http.ts';
import { systemServer } from '../../../src/adapters/system/server.ts';
import { healthReader } from '../../../src/agent/health-sources.ts';
import { emptyCluster } from '../../../src/model/empty-cluster.ts';
import type { Certificate, Listening } from '../../../src/ports.ts';
import { noFiles } from '../../driver/agent-ports.ts';
import { recording } from '../../recordings.ts';

/** A real endpoint that asks for a certificate, real TLS, and everything an operator can get wrong about it. */
const http = systemHttp(systemClock());
const certificates = systemCertificates();
const body = recording('satellite/etcd-down.body.json');
const quiet = createServer(() => {});
let endpoint: Listening & { port: number };
let cluster: Certificate;
let stranger: Certificate;
let client: Certificate;
let foreign: Certificate;
let port = 0;
let quietPort = 0;

function subject(use: 'server' | 'client') {
  return { commonName: 'x', addresses: ['127.0.0.1'], names: ['node-1'], years: 1, use };
}

beforeAll(async () => {
  cluster = await certificates.authority({ commonName: 'cluster', years: 1 });
  stranger = await certificates.authority({ commonName: 'stranger', years: 1 });
  client = await certificates.issue(cluster, subject('client'));
  foreign = await certificates.issue(stranger, subject('client'));
  const server = await certificates.issue(cluster, subject('server'));
  const tls = { ca: cluster.cert, ...server, clients: 'required' as const };
  endpoint = await systemServer().listenTls(
    { host: '127.0.0.1', port: 0, door: 'health', tls },
    { handle: () => ({ status: 503, body }) },
  );
  port = endpoint.port;
  quietPort = await new Promise((resolve) => {
    quiet.listen(0, '127.0.0.1', () => {
      const address = quiet.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
});

afterAll(async () => {
  await endpoint.close();
  quiet.close();
});

type Asked = {
  url?: string;
  ca?: string;
  cert?: string | undefined;
  key?: string | undefined;
  timeoutMs?: number;
};

async function ask({ url, timeoutMs = 5_000, ...tls }: Asked) {
  const keys = { ca: cluster.cert, ...client, ...tls };
  const answer = await http.request({
    url: url ?? `https://127.0.0.1:${port}/`,
    timeoutMs,
    maxBytes: 1_000_000,
    tls: Object.fromEntries(Object.entries(keys).filter(([, text]) => text !== undefined)),
  });
  return readStatusBody(answer);
}

test('with the cluster’s own certificates a 503 with a full body is read', async () => {
  expect(await ask({})).toMatchObject({ ok: true, value: { state: 'degraded' } });
});

const mistakes: [string, () => Asked, string][] = [
  ['no client certificate', () => ({ cert: undefined, key: undefined }), 'health.certificate-refused'],
  ['a certificate of another cluster', () => foreign, 'health.certificate-refused'],
  ['a key of another certificate', () => ({ key: foreign.key }), 'health.certificate-refused'],
  ['a certificate that is none', () => ({ cert: 'hello' }), 'health.certificate-refused'],
  ['another cluster’s authority', () => ({ ca: stranger.cert }), 'health.server-untrusted'],
  ['the name localhost', () => ({ url: `https://localhost:${port}/` }), 'health.name-mismatch'],
  ['plain http', () => ({ url: `http://127.0.0.1:${quietPort}/`, timeoutMs: 300 }), 'health.hangs'],
  [
    'an endpoint that accepts and says nothing',
    () => ({ url: `https://127.0.0.1:${quietPort}/`, timeoutMs: 300 }),
    'health.hangs',
  ],
  ['a port where nobody listens', () => ({ url: 'https://127.0.0.1:1/' }), 'health.refused'],
];

for (const [name, asked, code] of mistakes) {
  test(`${name} is ${code}, with a sentence`, async () => {
    const reading = await ask(asked());
    expect(reading).toMatchObject({
      ok: false,
      problem: { code, sentence: expect.stringMatching(/^[^\n]{10,400}$/) },
    });
  });
}

test('an endpoint whose certificate is over is told with the date, and another authority is not blamed', async () => {
  const server = await certificates.issue(cluster, { ...subject('server'), years: -1 });
  const tls = { ca: cluster.cert, ...server, clients: 'required' as const };
  const at = { host: '127.0.0.1', port: 0, door: 'health', tls };
  const expired = await systemServer().listenTls(at, { handle: () => ({ status: 200, body: '{}' }) });
  const reading = await ask({ url: `https://127.0.0.1:${expired.port}/` });
  await expired.close();
  const over = new Date(certificates.validity(server.cert)?.to ?? 0).toISOString().slice(0, 10);
  expect(reading).toMatchObject({ ok: false, problem: { code: 'health.server-expired' } });
  expect(reading.ok ? '' : reading.problem.sentence).toContain(`has expired on ${over}`);
});

test('our own certificate that is over is told with its date and file', async () => {
  const over = await certificates.issue(cluster, { ...subject('client'), years: -1 });
  const files: Record<string, string> = { '/ca': cluster.cert, '/cert': over.cert, '/key': over.key };
  const read = healthReader({
    clock: systemClock(),
    http,
    files: { ...noFiles, readText: async (path) => files[path] ?? null },
    certificates,
    cluster: () => emptyCluster({ kind: 'live', label: null, readOnly: true }),
    endpoint: { url: `https://127.0.0.1:${port}`, ca: '/ca', cert: '/cert', key: '/key' },
  });
  const { outcome } = await read();
  const date = new Date(certificates.validity(over.cert)?.to ?? 0).toISOString().slice(0, 10);
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'health.client-expired' } });
  expect(outcome.ok ? '' : outcome.problem.sentence).toMatch(new RegExp(`expired on ${date}.*: /cert`));
});
