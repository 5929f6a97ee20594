import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemCertificates } from '../../../src/adapters/system/certificates.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { systemHttp } from '../../../src/adapters/system/http.ts';
import { systemServer } from '../../../src/adapters/system/server.ts';
import type { Certificate, HttpAnswer, HttpRequest, TlsListening } from '../../../src/ports.ts';

const http = systemHttp(systemClock());
const certificates = systemCertificates();
const subject = { commonName: 'planet', addresses: ['127.0.0.1'], names: [], years: 1 };

let ca: Certificate;
let stranger: Certificate;
let client: Certificate;
let strangersClient: Certificate;
let listening: TlsListening;

beforeAll(async () => {
  ca = await certificates.authority({ commonName: 'cluster', years: 1 });
  stranger = await certificates.authority({ commonName: 'stranger', years: 1 });
  const served = await certificates.issue(ca, { ...subject, use: 'both' });
  client = await certificates.issue(ca, { ...subject, use: 'client' });
  strangersClient = await certificates.issue(stranger, { ...subject, use: 'client' });
  const tls = { ca: ca.cert, ...served, clients: 'required' as const };
  listening = await systemServer().listenTls(
    { host: '127.0.0.1', port: 0, door: 'health', tls },
    { handle: ({ path }) => ({ status: 503, body: `down ${path}` }) },
  );
});
afterAll(() => listening.close());

function ask(tls: HttpRequest['tls'], host = '127.0.0.1', scheme = 'https'): Promise<HttpAnswer> {
  const url = `${scheme}://${host}:${listening.port}/local`;
  return http.request({ url, timeoutMs: 5_000, maxBytes: 1_000, ...(tls === undefined ? {} : { tls }) });
}

const codeOf = (answer: HttpAnswer) => (answer.ok ? `HTTP ${answer.status}` : answer.code);

describe('TLS with client certificates', () => {
  it('answers who shows one of its own authority, whatever the status', async () => {
    const answer = await ask({ ca: ca.cert, ...client });
    expect(codeOf(answer)).toBe('HTTP 503');
    expect(answer.ok && new TextDecoder().decode(answer.body)).toBe('down /local');
  });

  const refusals: { title: string; asked: () => Promise<HttpAnswer>; code: RegExp }[] = [
    { title: 'no certificate', asked: () => ask({ ca: ca.cert }), code: /ALERT|EPROTO|ECONNRESET/i },
    {
      title: 'a stranger’s certificate',
      asked: () => ask({ ca: ca.cert, ...strangersClient }),
      code: /ALERT|EPROTO|ECONNRESET/i,
    },
    {
      title: 'a server of an unknown authority',
      asked: () => ask({ ca: stranger.cert, ...client }),
      code: /SELF_SIGNED|UNABLE_TO|ISSUER/,
    },
    {
      title: 'a name that is not in the certificate',
      asked: () => ask({ ca: ca.cert, ...client }, 'localhost'),
      code: /ALTNAME/,
    },
    {
      title: 'a certificate that is none',
      asked: () => ask({ ca: ca.cert, cert: 'x', key: 'y' }),
      code: /.+/,
    },
  ];
  for (const { title, asked, code } of refusals)
    it(`${title} ends with a code, not with an answer`, async () => {
      const answer = await asked();
      expect(answer.ok).toBe(false);
      expect(codeOf(answer)).toMatch(code);
    });

  it('tells one who speaks plain HTTP that it speaks TLS', async () => {
    const answer = await ask(undefined, '127.0.0.1', 'http');
    expect(codeOf(answer)).toBe('HTTP 400');
    expect(answer.ok && new TextDecoder().decode(answer.body)).toBe(
      'Client sent an HTTP request to an HTTPS server.\n',
    );
  });

  it('lets everybody wait while it is held, and answers them when it is let go', async () => {
    listening.hold(true);
    const waiting = ask({ ca: ca.cert, ...client });
    const impatient = await http.request({
      url: `https://127.0.0.1:${listening.port}/`,
      timeoutMs: 100,
      maxBytes: 1_000,
      tls: { ca: ca.cert, ...client },
    });
    expect(codeOf(impatient)).toBe('timeout');
    listening.hold(false);
    expect(codeOf(await waiting)).toBe('HTTP 503');
  });

  const versions = [
    { version: 'TLSv1.3', spoken: true },
    { version: 'TLSv1.2', spoken: true },
    { version: 'TLSv1.1', spoken: false },
  ] as const;
  it.each(versions)('speaks $version: $spoken', async ({ version, spoken }) => {
    const options = { port: listening.port, host: '127.0.0.1', ca: ca.cert, ...client };
    const socket = connect({
      ...options,
      minVersion: 'TLSv1',
      maxVersion: version,
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const met = await new Promise((resolve) => {
      socket.once('secureConnect', () => resolve(socket.getProtocol()));
      socket.once('error', (error) => resolve(error));
    });
    socket.destroy();
    if (spoken) expect(met).toBe(version);
    else expect(met).toBeInstanceOf(Error);
  });

  it('takes the new certificates alone once it was given some', async () => {
    const next = await certificates.authority({ commonName: 'cluster', years: 1 });
    const served = await certificates.issue(next, { ...subject, use: 'both' });
    const own = await certificates.issue(next, { ...subject, use: 'client' });
    listening.renew({ ca: next.cert, ...served });
    expect(codeOf(await ask({ ca: next.cert, ...own }))).toBe('HTTP 503');
    expect((await ask({ ca: next.cert, ...client })).ok).toBe(false);
    expect((await ask({ ca: ca.cert, ...client })).ok).toBe(false);
  });
});
