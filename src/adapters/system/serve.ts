import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { Handlers, ServedAnswer, ServedRequest } from '../../ports.ts';
import { webSocketPeer } from './web-socket-peer.ts';

type Limits = { door: string; maxBody: number };
export type Door = { closePeers(): void };

/** Connects an HTTP server to handlers: bodies up to `maxBody`, WebSockets by ws, loaded at the first upgrade. */
export function serve(server: Server, limits: Limits, handlers: Handlers): Door {
  const upgrader = createUpgrader(limits.maxBody);
  server.on('request', (message, response) => void answer(message, response, { limits, handlers }));
  server.on('clientError', (_, socket) => refuse(socket, '400 Bad Request'));
  server.on('upgrade', (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const { upgrade } = handlers;
    if (upgrade === undefined) return refuse(socket, '404 Not Found');
    const request = { ...requestOf(message, limits.door), body: '' };
    upgrader.take({ message, socket, head }, (peer) => upgrade.call(handlers, request, peer));
  });
  return { closePeers: () => upgrader.close() };
}

type Serving = { limits: Limits; handlers: Handlers };

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  { limits, handlers }: Serving,
): Promise<void> {
  const request = requestOf(message, limits.door);
  try {
    const body = await bodyOf(message, limits.maxBody);
    if (body === null) {
      // The rest of the body is not read: the connection cannot be used again.
      response.setHeader('connection', 'close');
      send(response, handlers.tooLarge?.({ ...request, body: '' }) ?? { status: 413, body: 'too large\n' });
    } else send(response, await handlers.handle({ ...request, body }));
  } catch {
    // Handlers answer for their own errors; this is the last door before a crash.
    if (!response.headersSent) send(response, { status: 500, body: 'internal error\n' });
    else response.destroy();
  }
}

function requestOf(message: IncomingMessage, door: string): Omit<ServedRequest, 'body'> {
  const target = URL.parse(message.url ?? '/', 'http://localhost') ?? new URL('http://localhost/');
  const headers = Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    method: message.method ?? 'GET',
    path: target.pathname,
    query: Object.fromEntries(target.searchParams),
    headers: Object.fromEntries(headers),
    door,
  };
}

/** Null when it is longer than allowed. */
async function bodyOf(message: IncomingMessage, maxBody: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > maxBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, headers, body }: ServedAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function refuse(socket: Duplex, status: string): void {
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
}

type Upgrading = { message: IncomingMessage; socket: Duplex; head: Buffer };

function createUpgrader(maxPayload: number) {
  let loading: Promise<WebSocketServer> | null = null;
  let closed = false;
  const load = async () => {
    const { WebSocketServer } = await import('ws');
    return new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  };
  return {
    take({ message, socket, head }: Upgrading, opened: (peer: ReturnType<typeof webSocketPeer>) => void) {
      loading ??= load();
      loading.then(
        (sockets) => {
          if (closed) socket.destroy();
          else sockets.handleUpgrade(message, socket, head, (webSocket) => opened(webSocketPeer(webSocket)));
        },
        () => socket.destroy(),
      );
    },
    close() {
      closed = true;
      loading?.then(
        (sockets) => {
          for (const client of sockets.clients) client.terminate();
        },
        () => {},
      );
    },
  };
}
