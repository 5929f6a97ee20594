import type { Certificates, Files, Server } from '../../ports.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { healthAnswer } from '../health/health-answers.ts';
import { writeSecrets } from './write-secrets.ts';

export type HealthDoorPorts = { server: Server; files: Files; certificates: Certificates };

export type HealthDoor = { address: string; rotate(): Promise<void>; close(): Promise<void> };

/** The health endpoint of the cluster's host on loopback, with certificates of its own in `secrets`. */
export async function openHealthDoor(
  cluster: Cluster,
  secrets: string,
  ports: HealthDoorPorts,
): Promise<HealthDoor> {
  const { files, certificates, server } = ports;
  const address = cluster.nodes.get(cluster.host)?.server.advertise_ip ?? '127.0.0.1';
  const listen = async (port: number) => {
    const { ca, served } = await writeSecrets(
      secrets,
      { host: cluster.host, address },
      { files, certificates },
    );
    return server.listenTls(
      { host: '127.0.0.1', port, door: 'health', tls: { ca, ...served, clients: 'required' } },
      { handle: (request) => healthAnswer(cluster, request) },
    );
  };
  let listening = await listen(0);
  return {
    address: listening.address,
    rotate: async () => {
      const { port } = listening;
      await listening.close();
      listening = await listen(port);
    },
    close: () => listening.close(),
  };
}
