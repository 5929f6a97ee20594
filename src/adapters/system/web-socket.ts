import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { SocketHandlers } from '../../ports.ts';

/** Messages waiting for the connection to open; it either opens soon or not at all. */
const waitingLimit = 1_000;

/** A WebSocket over a Unix socket, or the stream that `duplex` makes, by ws. What is sent before it is open waits; `onClose` comes once, also when it never opened. */
export function connectWebSocket(
  target: { socket: string; path: string },
  handlers: SocketHandlers,
  duplex: () => Duplex = () => connect(target.socket),
): { send(text: string): void; close(): void } {
  const waiting: string[] = [];
  let socket: WebSocket | null = null;
  let closed = false;
  const close = (reason: { code: number; message: string }) => {
    if (closed) return;
    closed = true;
    handlers.onClose(reason);
  };
  openSocket(target.path, duplex).then(
    (opening) => {
      socket = opening;
      let trouble = '';
      opening.on('open', () => {
        for (const text of waiting.splice(0)) opening.send(text, () => {});
        handlers.onOpen?.();
      });
      opening.on('message', (data: RawData) => handlers.onMessage(data.toString()));
      opening.on('error', (error) => {
        trouble = error.message;
      });
      opening.on('close', (code, reason) => close({ code, message: reason.toString() || trouble }));
      if (closed) opening.terminate();
    },
    (error: Error) => close({ code: 1006, message: error.message }),
  );
  return {
    send(text) {
      if (socket !== null && socket.readyState === socket.OPEN) socket.send(text, () => {});
      else if (waiting.length < waitingLimit) waiting.push(text);
    },
    close() {
      if (socket === null) close({ code: 1000, message: '' });
      else socket.close();
    },
  };
}

async function openSocket(path: string, duplex: () => Duplex): Promise<WebSocket> {
  const { WebSocket } = await import('ws');
  return new WebSocket(`ws://localhost${path}`, {
    // A connection of our own: ws+unix: URLs break on colons in the path. ws asks of it no more than a stream can.
    createConnection: () => duplex() as Socket,
    perMessageDeflate: false,
    handshakeTimeout: 10_000,
  });
}
