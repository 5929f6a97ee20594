import type { StreamPeer } from '../../ports.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { runGravity } from '../gravity/run-gravity.ts';
import { newLife } from '../life.ts';
import { inputLines } from './input-lines.ts';
import type { StubFrame } from './stub.ts';

/**
 * One connection of the executable: its command is run in the world and dies with the connection. The local leaf then
 * stays in progress and a remote one goes on (engine-observed 2).
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
  const process = { node: cluster.host, life };
  cluster.world.processes.add(process);
  const begin = async (argv: string[], uid: number): Promise<void> => {
    const exit = await runGravity({
      cluster,
      argv,
      uid,
      node: cluster.host,
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
      void begin(message.argv.map(String), 'uid' in message ? Number(message.uid) : 0);
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
    cluster.world.processes.delete(process);
    input.end();
  });
}
