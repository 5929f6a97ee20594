import type { Http, StreamPeer } from '../ports.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { agentFlag, agentSockets } from './agent-address.ts';
import type { Context } from './context.ts';
import { CommandError, type CommandRow } from './row.ts';
import { greeting } from './via/frame.ts';
import { serveLink } from './via/serve-link.ts';
import { splice } from './via/splice.ts';

/**
 * `gravity-console proxy`: the far end of `--via`. Speaks the agent's API over its standard input and output, so that
 * whoever may run it over ssh needs nothing else opened. Who greets as `--via` does gets many connections over the one
 * pair of streams; everybody else gets one, byte for byte.
 */
export const proxyCommand: CommandRow = {
  name: 'proxy',
  operands: '',
  describe: 'speak the agent’s API over standard input and output',
  hidden: true,
  flags: { agent: agentFlag },
  run: async (context, { flags }) => {
    const { socket, peer } = await answering(context, flags);
    const outside = await greeted(context.streams.joined());
    if (outside.isLink) {
      peer.end();
      await serveLink(outside.peer, () => context.http.dial(socket));
    } else await splice(outside.peer, peer, context.clock);
    return exitCodes.fine.code;
  },
};

async function answering(
  context: Context,
  flags: Record<string, unknown>,
): Promise<{ socket: string; peer: StreamPeer }> {
  const said: string[] = [];
  for (const socket of agentSockets(context, flags)) {
    const peer: Awaited<ReturnType<Http['dial']>> = await context.http.dial(socket);
    if (!('failed' in peer)) return { socket, peer };
    said.push(`${socket}: ${peer.failed}`);
  }
  throw new CommandError(
    exitCodes.noAgent.code,
    `no agent answers on ${said.join('; ')}`,
    'start one: gravity-console agent',
  );
}

/** Who speaks, told by the first bytes, and the connection without the greeting. */
function greeted(outside: StreamPeer): Promise<{ peer: StreamPeer; isLink: boolean }> {
  const wanted = new TextEncoder().encode(greeting);
  let first: Uint8Array = new Uint8Array();
  let take: ((chunk: Uint8Array) => void) | null = null;
  return new Promise((resolve) => {
    const settle = (isLink: boolean) => {
      outside.pause();
      const rest = first.subarray(isLink ? wanted.length : 0);
      const onData = (listener: (chunk: Uint8Array) => void) => {
        take = listener;
        if (rest.length > 0) listener(rest);
        outside.resume();
      };
      resolve({ peer: { ...outside, onData }, isLink });
    };
    outside.onData((chunk) => {
      if (take !== null) return take(chunk);
      first = Uint8Array.from([...first, ...chunk]);
      if (wanted.some((byte, at) => at < first.length && first[at] !== byte)) settle(false);
      else if (first.length >= wanted.length) settle(true);
    });
    outside.onClose(() => {
      if (take === null) settle(false);
    });
  });
}
