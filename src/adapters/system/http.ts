import { connect as connectSocket } from 'node:net';
import type { Clock, Http, StreamPeer } from '../../ports.ts';
import { request } from './http-request.ts';
import { peerDuplex } from './peer-duplex.ts';
import { streamPeer } from './stream-peer.ts';
import { connectWebSocket } from './web-socket.ts';

/** The network as we call it: requests by got, WebSockets by ws, both loaded when first used. */
export function systemHttp(clock: Clock): Http {
  return { request: (asked) => request(asked, { clock }), connect: connectWebSocket, dial, over };

  function over(open: () => StreamPeer): Pick<Http, 'request' | 'connect'> {
    const duplex = () => peerDuplex(open());
    return {
      request: (asked) => request(asked, { clock, duplex }),
      connect: (target, handlers) => connectWebSocket(target, handlers, duplex),
    };
  }
}

function dial(socket: string): ReturnType<Http['dial']> {
  return new Promise((resolve) => {
    const connection = connectSocket(socket);
    connection.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ failed: error.message, code: error.code ?? 'failed' }),
    );
    connection.once('connect', () => resolve(streamPeer(connection)));
  });
}
