import type { StreamPeer } from '../../ports.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { runGravity } from '../gravity/run-gravity.ts';
import { newLife } from '../life.ts';
import { inputLines } from './input-lines.ts';
import type { StubFrame } from './stub.ts';

/**
 * One connection of the executable: its command is run in the world, on the node it names or the one the doors stand on,
 * and dies with the connection, and with it what it began on other nodes (nodes-facts 5.1).
 */
export function serveGravity(cluster: Cluster, peer: StreamPeer): void {
  const life = newLife();
  let input = inputLines(false);
  const decoder = new TextDecoder();
  let rest = '';
  let started = false;
  let connected = true;
  const send = (frame: StubFrame): void => {
    if (connected) peer.write(`${JSON.stringify(frame)}\n`);
  };
  const running = { node: cluster.host, life };
  cluster.world.processes.add(running);
  const begin = async (argv: string[], uid: number, host: string): Promise<void> => {
    running.node = host;
    const exit = await runGravity({
      cluster,
      argv,
      uid,
      node: host,
      life,
      out: (out) => send({ out }),
      err: (err) => send({ err }),
      readLine: () => input.next(),
    });
    send('code' in exit ? { exit: exit.code } : { signal: exit.signal });
  };
  const take = (line: string): void => {
    const message: unknown = JSON.parse(line);
    if (typeof message !== 'object' || message === null) return;
    if ('stdin' in message && typeof message.stdin === 'string') input.add(message.stdin);
    else if ('end' in message) input.end();
    else if (!started && 'argv' in message && Array.isArray(message.argv)) {
      started = true;
      input = inputLines('terminal' in message && message.terminal === true);
      const host = 'host' in message && typeof message.host === 'string' ? message.host : cluster.host;
      void begin(message.argv.map(String), 'uid' in message ? Number(message.uid) : 0, host);
    }
  };
  peer.onData((chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  peer.onClose(() => {
    connected = false;
    life.end();
    cluster.world.processes.delete(running);
    input.end();
  });
}
