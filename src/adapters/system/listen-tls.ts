import { createSecureServer } from 'node:http2';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Server, TlsListening } from '../../ports.ts';
import { serveTls } from './serve-tls.ts';

/** The first byte of every TLS record that opens a connection. */
const HANDSHAKE = 0x16;

/** What Go's server says to one who speaks no TLS (recordings/satellite/tls-and-routes.txt). */
const NO_TLS = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';

/**
 * TLS behind a plain listener, which sees a connection before TLS does: it can leave one waiting, and tells who speaks
 * no TLS.
 */
export const listenTls: Server['listenTls'] = async (at, handlers): Promise<TlsListening> => {
  const { ca, cert, key, clients } = at.tls;
  const required = clients === 'required';
  const context = { ca, cert, key, minVersion: 'TLSv1.2' as const };
  const secure = createSecureServer({
    ...context,
    allowHTTP1: true,
    requestCert: required,
    rejectUnauthorized: required,
  });
  const gate = newGate();
  secure.on('request', serveTls({ door: at.door, handlers, open: gate.open }));
  const sockets = new Set<Socket>();
  const front = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    void gate.open().then(() => receive(socket, () => secure.emit('connection', socket)));
  });
  const port = await listenOnPort(front, at.host, at.port);
  return {
    address: `https://${at.host}:${port}`,
    port,
    renew: (tls) => secure.setSecureContext({ ...tls, minVersion: 'TLSv1.2' }),
    hold: gate.hold,
    close: () =>
      new Promise((resolve) => {
        gate.hold(false);
        front.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** Looks at the first byte and puts it back: TLS reads it again. */
function receive(socket: Socket, secured: () => void): void {
  if (socket.destroyed) return;
  socket.once('data', (chunk) => {
    socket.pause();
    if (chunk[0] !== HANDSHAKE) {
      socket.end(NO_TLS);
      return;
    }
    socket.unshift(chunk);
    secured();
  });
  socket.resume();
}

/** What waits while it is held goes on when it is let go. */
function newGate(): { open(): Promise<void>; hold(held: boolean): void } {
  let opened: Promise<void> = Promise.resolve();
  let letGo: () => void = () => {};
  let isHeld = false;
  return {
    open: () => opened,
    hold: (held) => {
      if (held === isHeld) return;
      isHeld = held;
      if (!held) letGo();
      else
        opened = new Promise((resolve) => {
          letGo = resolve;
        });
    },
  };
}

function listenOnPort(server: NetServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
