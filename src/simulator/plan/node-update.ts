import type { ServerDocument } from '../plan-document.ts';
import { locator, VERSIONS } from './versions.ts';

export type PlanNames = { cluster: string; stamp: number };

/** What is replaced on one server: planet and teleport, with their configuration packages. */
export function nodeUpdate(server: ServerDocument, { cluster, stamp }: PlanNames): Record<string, unknown> {
  const node = `${server.advertise_ip.replaceAll('.', '')}.${cluster}`;
  const config = (name: string, version: string) => locator(name, `${version}+${stamp}`, cluster);
  return {
    server,
    runtime: {
      installed: locator('planet', VERSIONS.planet.from),
      secrets_package: config(`planet-${node}-secrets`, VERSIONS.planet.to),
      update: {
        package: locator('planet', VERSIONS.planet.to),
        config_package: config(`planet-config-${node}`, VERSIONS.planet.to),
      },
    },
    teleport: {
      installed: locator('teleport', VERSIONS.teleport.from),
      update: {
        package: locator('teleport', VERSIONS.teleport.to),
        node_config_package: config(`teleport-node-config-${node}`, VERSIONS.teleport.to),
      },
    },
  };
}
