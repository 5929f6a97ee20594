import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Handlers, ServedAnswer, ServedRequest } from '../../ports.ts';

type Incoming = IncomingMessage | Http2ServerRequest;
type Outgoing = ServerResponse | Http2ServerResponse;

/** The longest body whose length is told beforehand; longer ones go out in chunks, as from Go's server. */
const TOLD_LENGTH = 2048;

/** Hands requests of either version of HTTP to the handlers when `open` lets them through; bodies are not read. */
export function serveTls(serving: { door: string; handlers: Handlers; open(): Promise<void> }) {
  return (incoming: Incoming, outgoing: Outgoing): void => {
    incoming.resume();
    incoming.on('error', () => {});
    outgoing.on('error', () => {});
    void answer(serving, incoming, outgoing);
  };
}

async function answer(
  { door, handlers, open }: Parameters<typeof serveTls>[0],
  incoming: Incoming,
  outgoing: Outgoing,
): Promise<void> {
  await open();
  try {
    send(outgoing, await handlers.handle(requestOf(incoming, door)));
  } catch {
    // Handlers answer for their own errors; this is the last door before a crash.
    if (!outgoing.headersSent) send(outgoing, { status: 500, body: 'internal error\n' });
    else outgoing.destroy();
  }
}

function requestOf(incoming: Incoming, door: string): ServedRequest {
  const target = URL.parse(incoming.url ?? '/', 'http://localhost') ?? new URL('http://localhost/');
  const headers = Object.entries(incoming.headers)
    .filter(([name]) => !name.startsWith(':'))
    .map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
  return {
    method: incoming.method ?? 'GET',
    path: target.pathname,
    query: Object.fromEntries(target.searchParams),
    headers: Object.fromEntries(headers),
    body: '',
    door,
  };
}

function send(outgoing: Outgoing, { status, headers, body }: ServedAnswer): void {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers ?? {})) outgoing.setHeader(name, value);
  const length = Buffer.byteLength(body);
  const short = length <= TOLD_LENGTH;
  const overHttp1 = outgoing instanceof ServerResponse;
  if (short && (overHttp1 || length > 0)) outgoing.setHeader('Content-Length', length);
  if (overHttp1) {
    // Kept open without a word about it.
    outgoing.removeHeader('Connection');
    if (!short) outgoing.flushHeaders();
  }
  outgoing.end(body);
}
