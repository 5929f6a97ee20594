import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createStreamServer, type Server as NetServer } from 'node:net';
import type { Listening, Server } from '../../ports.ts';
import { handToGroup } from './hand-to-group.ts';
import { listenOnSocket } from './listen-on-socket.ts';
import { type Door, serve } from './serve.ts';
import { streamPeer } from './stream-peer.ts';

/** What one request may take: slow and oversized ones are ended before they cost us. */
const httpLimits = {
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  keepAliveTimeout: 60_000,
  maxHeaderSize: 16 * 1024,
};

/** Doors of this machine: Unix sockets for our API and for raw streams, TLS on a loopback address. */
export function systemServer(): Server {
  return {
    async listenUnix(at, handlers) {
      const server = createHttpServer(httpLimits);
      const doorway = serve(server, { door: at.door, maxBody: at.maxBody }, handlers);
      await listenOnSocket(server, at.path, at.mode);
      await handToGroup(at.path, at.group).catch(async (error) => {
        await closer(server, doorway)();
        throw error;
      });
      return { address: `unix:${at.path}`, close: closer(server, doorway) };
    },
    async listenTls(at, handlers) {
      const { ca, cert, key, clients } = at.tls;
      const required = clients === 'required';
      const server = createHttpsServer({
        ...httpLimits,
        ca,
        cert,
        key,
        requestCert: required,
        rejectUnauthorized: required,
      });
      const doorway = serve(server, { door: at.door, maxBody: 1024 * 1024 }, handlers);
      const port = await listenOnPort(server, at.host, at.port);
      return { address: `https://${at.host}:${port}`, port, close: closer(server, doorway) };
    },
    listenStream: async (path, onConnection): Promise<Listening> => {
      const sockets = new Set<{ destroy(): void }>();
      const server = createStreamServer((socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        onConnection(streamPeer(socket));
      });
      await listenOnSocket(server, path, 0o600);
      const closeAll = () => {
        for (const socket of sockets) socket.destroy();
      };
      return { address: `unix:${path}`, close: () => closed(server, closeAll) };
    },
  };
}

function listenOnPort(server: HttpServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closer(server: HttpServer, doorway: Door): () => Promise<void> {
  return () =>
    closed(server, () => {
      doorway.closePeers();
      server.closeAllConnections();
    });
}

function closed(server: NetServer | HttpServer, closeConnections: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    closeConnections();
  });
}
