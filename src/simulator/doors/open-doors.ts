import type { Certificates, Clock, Files, ServedRequest, Server } from '../../ports.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { healthClock } from '../health/health-clock.ts';
import { healthRounds } from '../health/health-rounds.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { verbAnswer } from '../verbs/verb-answer.ts';
import type { VerbContext } from '../verbs/verbs.ts';
import { serveGravity } from './gravity-door.ts';
import { openHealthDoor } from './health-door.ts';
import { removeDoors } from './remove-doors.ts';
import { stubText } from './stub.ts';
import { writeNodeDoors } from './write-node-doors.ts';

export type DoorPorts = { server: Server; files: Files; certificates: Certificates; clock: Clock };
export type DoorOptions = { dir: string; nodePath: string; clock: SimulatedClock };

/** Where the doors of a cluster are, and what its verbs work on; `close` leaves nothing behind that would look alive. */
export type Doors = {
  gravity: string;
  health: string;
  /** The health endpoints of the other masters, by host name. */
  otherHealth: Record<string, string>;
  secrets: string;
  verbs: VerbContext;
  close(): Promise<void>;
};

/**
 * Opens the two doors of a cluster in `dir`: an executable named `gravity` and the health endpoint with client
 * certificates; one `nodes/NODE/gravity` for each node; and a third of our own, `control.sock`, through which it is changed while it runs.
 */
export async function openDoors(cluster: Cluster, options: DoorOptions, ports: DoorPorts): Promise<Doors> {
  const { dir, nodePath, clock } = options;
  const { server, files } = ports;
  const open: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(open.map((door) => door.close()));
    await removeDoors(dir, files);
  };
  try {
    await files.makeDirectory(`${dir}/bin`, { mode: 0o700 });
    const socket = `${dir}/gravity.sock`;
    open.push(await server.listenStream(socket, (peer) => serveGravity(cluster, peer)));
    const health = await openHealthDoor(cluster, `${dir}/secrets`, ports);
    open.push(health);
    const verbs: VerbContext = { cluster, clock, rotateCertificates: health.rotate };
    const handle = ({ body }: ServedRequest) => verbAnswer(verbs, body);
    open.push(await server.listenUnix(controlDoor(dir), { handle }));
    await files.write(`${dir}/bin/gravity`, stubText({ node: nodePath, socket }), { mode: 0o755 });
    await writeNodeDoors(cluster, { dir, nodePath, socket }, files);
    const stopRounds = healthRounds(cluster, healthClock(ports.clock, clock.speed));
    open.push({ close: async () => stopRounds() });
    return {
      gravity: `${dir}/bin/gravity`,
      health: health.address,
      otherHealth: health.others,
      secrets: `${dir}/secrets`,
      verbs,
      close,
    };
  } catch (error) {
    // A door left open would keep a program alive that has nothing to show.
    await close();
    throw error;
  }
}

function controlDoor(dir: string) {
  return { path: `${dir}/control.sock`, mode: 0o600, door: 'control', maxBody: 65_536 };
}
