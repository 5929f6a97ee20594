import { Duplex } from 'node:stream';
import type { StreamPeer } from '../../ports.ts';

/** A connection that somebody else carries, as the stream Node's HTTP and ws speak over. */
export function peerDuplex(peer: StreamPeer): Duplex {
  const duplex = new Duplex({
    allowHalfOpen: false,
    read: () => peer.resume(),
    write(chunk: Uint8Array, _, done) {
      peer.write(chunk);
      done();
    },
    final(done) {
      peer.end();
      done();
    },
    destroy(error, done) {
      peer.end();
      done(error);
    },
  });
  peer.onData((chunk) => {
    if (!duplex.push(chunk)) peer.pause();
  });
  peer.onClose(() => {
    if (!duplex.destroyed) duplex.push(null);
  });
  return duplex;
}
