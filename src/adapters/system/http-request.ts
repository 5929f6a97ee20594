import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { OptionsInit, Request, Response } from 'got';
import type { Clock, HttpAnswer, HttpRequest } from '../../ports.ts';

/**
 * One request by got: no retries, no redirects, no connection kept (a health endpoint asked every 30 s closes them
 * meanwhile), IPv4 first (planet's certificate names 127.0.0.1, satellite.md 1). Any status is an answer.
 */
export async function request(
  asked: HttpRequest,
  { clock, duplex }: { clock: Clock; duplex?: () => Duplex },
): Promise<HttpAnswer> {
  const began = clock.monotonic();
  const took = () => clock.monotonic() - began;
  try {
    const { default: got } = await import('got');
    const stream = got.stream(urlOf(asked), options(asked, duplex));
    return { ...(await collect(stream, asked.maxBytes)), durationMs: took() };
  } catch (error) {
    const trouble = troubleOf(error);
    const dates = isOutOfDate(trouble) ? await shownDates(asked) : '';
    return { ...trouble, message: `${trouble.message}${dates}`, durationMs: took() };
  }
}

/** Over a Unix socket only the path part counts. */
function urlOf({ url, socket }: HttpRequest): string {
  return socket === undefined || url.includes('://') ? url : `http://localhost${url}`;
}

function options(
  { socket, method, body, timeoutMs, tls }: HttpRequest,
  duplex: (() => Duplex) | undefined,
): OptionsInit {
  return {
    method: method ?? 'GET',
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    retry: { limit: 0 },
    throwHttpErrors: false,
    followRedirect: false,
    timeout: { request: timeoutMs },
    dnsLookupIpVersion: 4,
    // An agent that knows the socket takes any path; got's own unix: URLs break on colons and spaces.
    agent: {
      http: duplex === undefined ? socketAgent(socket) : carriedAgent(duplex),
      https: new HttpsAgent({ keepAlive: false }),
    },
    https: { certificateAuthority: tls?.ca, certificate: tls?.cert, key: tls?.key },
  };
}

function socketAgent(socket: string | undefined): HttpAgent {
  return new HttpAgent({ keepAlive: false, ...(socket === undefined ? {} : { socketPath: socket }) });
}

function carriedAgent(duplex: () => Duplex): HttpAgent {
  return Object.assign(new HttpAgent({ keepAlive: false }), { createConnection: duplex });
}

function isOutOfDate({ code }: { code: string }): boolean {
  return code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID';
}

/** How long the certificate that the server shows is valid: the error does not tell. Nothing is sent or believed here. */
function shownDates({ url }: HttpRequest): Promise<string> {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || 443), rejectUnauthorized: false, timeout: 2000 });
    const end = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.once('secureConnect', () => {
      const { valid_from, valid_to } = socket.getPeerCertificate();
      end(`: valid from ${isoOf(valid_from)} to ${isoOf(valid_to)}`);
    });
    socket.once('timeout', () => end(''));
    socket.once('error', () => end(''));
  });
}

function isoOf(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? 'unknown' : new Date(ms).toISOString().replace('.000', '');
}

type Collected = Omit<Extract<HttpAnswer, { ok: true }>, 'durationMs'>;
class TooLarge extends Error {}

async function collect(stream: Request, maxBytes: number): Promise<Collected> {
  let response: Response | null = null;
  stream.once('response', (answer: Response) => {
    response = answer;
  });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > maxBytes) throw new TooLarge(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  if (response === null) throw new Error('the connection ended without an answer');
  return { ok: true, ...headOf(response), body: Buffer.concat(chunks) };
}

function headOf({ statusCode, headers }: Response): { status: number; headers: Record<string, string> } {
  const texts = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return { status: statusCode, headers: Object.fromEntries(texts) };
}

function troubleOf(error: unknown): { ok: false; code: string; message: string } {
  if (error instanceof TooLarge) return { ok: false, code: 'too-large', message: error.message };
  if (!(error instanceof Error)) return { ok: false, code: 'failed', message: String(error) };
  if (error.name === 'TimeoutError') return { ok: false, code: 'timeout', message: error.message };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  return { ok: false, code, message: error.message };
}
