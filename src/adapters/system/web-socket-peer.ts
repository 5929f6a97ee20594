import type { RawData, WebSocket } from 'ws';
import type { Peer } from '../../ports.ts';

/** A WebSocket as the server sees it. Sending to one that went away is nothing. */
export function webSocketPeer(socket: WebSocket): Peer {
  socket.on('error', () => {});
  return {
    send: (text) => socket.send(text, () => {}),
    close: (code, reason) => socket.close(code, reason),
    buffered: () => socket.bufferedAmount,
    onMessage: (take) => void socket.on('message', (data: RawData) => take(data.toString())),
    onClose: (run) => void socket.on('close', run),
  };
}
