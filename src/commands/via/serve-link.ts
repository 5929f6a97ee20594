import type { Http, StreamPeer } from '../../ports.ts';
import { type Channel, createChannels } from './channels.ts';
import { encodeFrame, frameReader, welcome } from './frame.ts';

type Dial = () => ReturnType<Http['dial']>;

/** The far end of a link: every connection opened over it becomes one to the agent. Resolves when the link has ended. */
export function serveLink(outside: StreamPeer, dial: Dial): Promise<void> {
  const channels = createChannels({
    send: (frame) => outside.write(encodeFrame(frame)),
    accept: (channel) => void connect(channel, dial),
  });
  const read = frameReader(channels.take);
  return new Promise((resolve) => {
    const end = () => {
      channels.drop();
      outside.end();
      resolve();
    };
    const take = (chunk: Uint8Array) => {
      if (!read(chunk)) end();
    };
    outside.write(welcome);
    outside.onData(take);
    outside.onClose(end);
  });
}

/** An agent that is gone closes the connection, as its socket would. */
async function connect(channel: Channel, dial: Dial): Promise<void> {
  const peer = await dial();
  if ('failed' in peer) return channel.end();
  peer.onData((chunk) => {
    channel.write(chunk);
    if (channel.full()) peer.pause();
  });
  channel.onRoom(peer.resume);
  channel.onData(peer.write);
  channel.onClose(peer.end);
  peer.onClose(channel.end);
}
