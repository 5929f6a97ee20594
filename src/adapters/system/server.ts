import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createStreamServer, type Server as NetServer } from 'node:net';
import type { Listening, Server } from '../../ports.ts';
import { handToGroup } from './hand-to-group.ts';
import { listenOnSocket } from './listen-on-socket.ts';
import { listenTls } from './listen-tls.ts';
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
    listenTls,
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
