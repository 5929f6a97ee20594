import type { Certificates, Clock, Files, Server, TlsListening } from '../../ports.ts';
import { chance } from '../chance.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { healthAnswer } from '../health/health-answers.ts';
import { type Reach, reachOf } from '../health/reach.ts';
import { followed } from './followed.ts';
import { writeSecrets } from './write-secrets.ts';

export type HealthDoorPorts = { server: Server; files: Files; certificates: Certificates; clock: Clock };

export type HealthDoor = { address: string; rotate(): Promise<void>; close(): Promise<void> };

/** Below the ports that a machine hands out by itself: a door that closes for a while finds its own free again. */
const PORTS = { from: 17_575, count: 15_000, tries: 50 } as const;

/** How soon a door that found its port taken tries again, in milliseconds. */
const AGAIN_MS = 500;

/**
 * The health endpoint of the cluster's host on loopback, with certificates of its own in `secrets`. Nobody listens while
 * its agent is down, and whoever knocks waits while it is frozen.
 */
export async function openHealthDoor(
  cluster: Cluster,
  secrets: string,
  ports: HealthDoorPorts,
): Promise<HealthDoor> {
  let tls = await newSecrets(cluster, secrets, ports);
  const listen = (port: number): Promise<TlsListening> =>
    ports.server.listenTls(
      { host: '127.0.0.1', port, door: 'health', tls: { ca: tls.ca, ...tls.served, clients: 'required' } },
      { handle: (request) => healthAnswer(cluster, request) },
    );
  let door: TlsListening | null = await firstFree(listen, secrets);
  const { address, port } = door;
  const become = async (reach: Reach): Promise<void> => {
    if (reach === 'refuses') {
      const open = door;
      door = null;
      await open?.close();
      return;
    }
    door ??= await listen(port);
    door.hold(reach === 'hangs');
  };
  const following = followed(become, (run) => ports.clock.after(AGAIN_MS, run));
  const heed = (): void => following.want(reachOf(cluster));
  cluster.lives.add(heed);
  heed();
  return {
    address,
    rotate: async () => {
      tls = await newSecrets(cluster, secrets, ports);
      door?.renew({ ca: tls.ca, ...tls.served });
    },
    close: async () => {
      cluster.lives.delete(heed);
      await following.end();
      await door?.close();
    },
  };
}

function newSecrets(cluster: Cluster, dir: string, ports: HealthDoorPorts): ReturnType<typeof writeSecrets> {
  const node = cluster.nodes.get(cluster.host);
  const holder = {
    cluster: cluster.name,
    hostname: cluster.host,
    address: node?.server.advertise_ip ?? '127.0.0.1',
    role: node?.role ?? 'master',
  };
  return writeSecrets(dir, holder, ports);
}

/** Where the search begins depends on the directory: two clusters seldom meet. */
async function firstFree(
  listen: (port: number) => Promise<TlsListening>,
  dir: string,
): Promise<TlsListening> {
  const start = Math.floor(chance(dir) * PORTS.count);
  for (let attempt = 0; attempt < PORTS.tries; attempt += 1) {
    const port = PORTS.from + ((start + attempt * 7) % PORTS.count);
    const open = await listen(port).catch(() => null);
    if (open !== null) return open;
  }
  return listen(0);
}
