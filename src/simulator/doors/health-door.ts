import type { Certificates, Clock, Files, Server, TlsListening } from '../../ports.ts';
import { chance } from '../chance.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { healthAnswer } from '../health/health-answers.ts';
import { type Reach, reachOf } from '../health/reach.ts';
import { followed } from './followed.ts';
import { writeSecrets } from './write-secrets.ts';

export type HealthDoorPorts = { server: Server; files: Files; certificates: Certificates; clock: Clock };

/** `others`: where the endpoints of the other masters are, by host name. */
export type HealthDoor = {
  address: string;
  others: Record<string, string>;
  rotate(): Promise<void>;
  close(): Promise<void>;
};

type Tls = Awaited<ReturnType<typeof writeSecrets>>;

/** Below the ports that a machine hands out by itself: a door that closes for a while finds its own free again. */
const PORTS = { from: 17_575, count: 15_000, tries: 50 } as const;

/** How soon a door that found its port taken tries again, in milliseconds. */
const AGAIN_MS = 500;

/**
 * The health endpoint of the cluster's host on loopback, with certificates of its own in `secrets`, and those of the other
 * masters beside it, each on a port of its own: they take the same client, as the masters of a real cluster do.
 */
export async function openHealthDoor(
  cluster: Cluster,
  secrets: string,
  ports: HealthDoorPorts,
): Promise<HealthDoor> {
  const tls = { current: await newSecrets(cluster, secrets, ports) };
  const open: Door[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(open.map((door) => door.close()));
  };
  try {
    const own = await openOne(cluster, { host: () => cluster.host, place: secrets, tls }, ports);
    open.push(own);
    const others: Record<string, string> = {};
    for (const name of mastersBeside(cluster)) {
      const door = await openOne(cluster, { host: () => name, place: `${secrets} ${name}`, tls }, ports);
      open.push(door);
      others[name] = door.address;
    }
    return {
      address: own.address,
      others,
      rotate: async () => {
        tls.current = await newSecrets(cluster, secrets, ports);
        for (const door of open) door.renew();
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function mastersBeside({ nodes, host }: Cluster): string[] {
  return [...nodes].filter(([name, { role }]) => role === 'master' && name !== host).map(([name]) => name);
}

type Door = { address: string; renew(): void; close(): Promise<void> };
type Stand = { host: () => string; place: string; tls: { current: Tls } };

/** One endpoint: nobody listens while its agent is down, and whoever connects waits while it is frozen. */
async function openOne(cluster: Cluster, { host, place, tls }: Stand, ports: HealthDoorPorts): Promise<Door> {
  const shown = () => ({ ca: tls.current.ca, ...tls.current.served });
  const listen = (port: number): Promise<TlsListening> =>
    ports.server.listenTls(
      { host: '127.0.0.1', port, door: 'health', tls: { ...shown(), clients: 'required' } },
      { handle: (request) => healthAnswer(cluster, request, host()) },
    );
  let door: TlsListening | null = await firstFree(listen, place);
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
  const heed = (): void => following.want(reachOf(cluster, host()));
  cluster.lives.add(heed);
  heed();
  return {
    address,
    renew: () => door?.renew(shown()),
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
