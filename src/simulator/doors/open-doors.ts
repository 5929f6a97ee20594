import type { Certificates, Clock, Files, Server } from '../../ports.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { healthRounds } from '../health/health-rounds.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { verbAnswer } from '../verbs/verb-answer.ts';
import { serveGravity } from './gravity-door.ts';
import { openHealthDoor } from './health-door.ts';
import { stubText } from './stub.ts';

export type DoorPorts = { server: Server; files: Files; certificates: Certificates; clock: Clock };
export type DoorOptions = { dir: string; nodePath: string; clock: SimulatedClock };

/** Where the doors of a cluster are; `close` leaves nothing behind that would look alive. */
export type Doors = { gravity: string; health: string; secrets: string; close(): Promise<void> };

/**
 * Opens the two doors of a cluster in `dir`: an executable named `gravity` and the health endpoint with client
 * certificates; and a third of our own, `control.sock`, through which it is changed while it runs.
 */
export async function openDoors(cluster: Cluster, options: DoorOptions, ports: DoorPorts): Promise<Doors> {
  const { dir, nodePath, clock } = options;
  const { server, files } = ports;
  await files.makeDirectory(`${dir}/bin`, { mode: 0o700 });
  const socket = `${dir}/gravity.sock`;
  const commands = await server.listenStream(socket, (peer) => serveGravity(cluster, peer));
  const health = await openHealthDoor(cluster, `${dir}/secrets`, ports);
  const verbs = { cluster, clock, rotateCertificates: health.rotate };
  const control = await server.listenUnix(
    { path: `${dir}/control.sock`, mode: 0o600, door: 'control', maxBody: 65_536 },
    { handle: ({ body }) => verbAnswer(verbs, body) },
  );
  await files.write(`${dir}/bin/gravity`, stubText({ node: nodePath, socket }), { mode: 0o755 });
  const stopRounds = healthRounds(cluster, ports.clock, clock.speed);
  return {
    gravity: `${dir}/bin/gravity`,
    health: health.address,
    secrets: `${dir}/secrets`,
    close: async () => {
      stopRounds();
      await Promise.all([commands, control, health].map((door) => door.close()));
      await files.remove(`${dir}/bin/gravity`);
    },
  };
}
