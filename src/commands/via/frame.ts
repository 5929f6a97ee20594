/**
 * What `--via` and `proxy` say to each other over one pair of standard streams: frames, each of one connection. The
 * near end begins with `greeting`; the far end answers with `welcome`, and whatever a login wrote before that is noise.
 */
export const greeting = 'gravity-console link 1\n';
export const welcome = 'gravity-console link 1 ready\n';

/** `credit` gives back bytes that were taken from the connection, so that neither side keeps more than a window. */
export const frameKinds = ['open', 'data', 'close', 'credit', 'ping', 'pong'] as const;
export type FrameKind = (typeof frameKinds)[number];

export type Frame = { kind: FrameKind; channel: number; bytes: Uint8Array };

/** A longer frame is none of ours. */
export const mostPayload = 64 * 1024;
const headBytes = 9;

/** One byte of kind, four of channel, four of length, big-endian, then the payload. */
export function encodeFrame({ kind, channel, bytes }: Frame): Uint8Array {
  const frame = new Uint8Array(headBytes + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, frameKinds.indexOf(kind));
  view.setUint32(1, channel);
  view.setUint32(5, bytes.length);
  frame.set(bytes, headBytes);
  return frame;
}

/** Takes bytes as they come and gives out whole frames; false when what came is no frame: the link is broken. */
export function frameReader(take: (frame: Frame) => void): (chunk: Uint8Array) => boolean {
  let rest: Uint8Array = new Uint8Array();
  return (chunk) => {
    rest = joined(rest, chunk);
    while (rest.length >= headBytes) {
      const view = new DataView(rest.buffer, rest.byteOffset);
      const kind = frameKinds[view.getUint8(0)];
      const length = view.getUint32(5);
      if (kind === undefined || length > mostPayload) return false;
      if (rest.length < headBytes + length) return true;
      const bytes = rest.slice(headBytes, headBytes + length);
      const channel = view.getUint32(1);
      rest = rest.subarray(headBytes + length);
      take({ kind, channel, bytes });
    }
    return true;
  };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
