import type { Socket } from 'node:net';
import type { StreamPeer } from '../../ports.ts';

/** A connected socket as a plain stream of bytes; trouble on it ends as its close. */
export function streamPeer(socket: Socket): StreamPeer {
  socket.on('error', () => {});
  return {
    write: (bytes) => void (socket.writable && socket.write(bytes)),
    end: () => void socket.end(),
    onData: (take) => void socket.on('data', take),
    onClose: (run) => void socket.on('close', run),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
  };
}
