import type { Locator, ServerDocument } from '../plan-document.ts';
import type { Release } from './image.ts';
import type { PlanNames } from './plan-request.ts';
import { locator } from './versions.ts';

export type Move = { from: Release; to: Release };

/** What is replaced on one server: planet and teleport, with their configuration packages. */
export function nodeUpdate(
  server: ServerDocument,
  { from, to }: Move,
  names: PlanNames,
): Record<string, unknown> {
  return {
    server,
    runtime: {
      installed: locator('planet', from.planet),
      secrets_package: secretsPackage(server, to.planet, names),
      update: {
        package: locator('planet', to.planet),
        config_package: configPackage(server, to.planet, names),
      },
    },
    teleport: {
      installed: locator('teleport', from.teleport),
      update: {
        package: locator('teleport', to.teleport),
        node_config_package: stamped(`teleport-node-config-${nodeName(server, names)}`, to.teleport, names),
      },
    },
  };
}

/** What is replaced when only planet's configuration changes; its secrets too where addresses of services change. */
export function configUpdate(
  server: ServerDocument,
  { planet, secrets }: { planet: string; secrets: boolean },
  names: PlanNames,
): Record<string, unknown> {
  return {
    server,
    runtime: {
      installed: locator('planet', planet),
      ...(secrets ? { secrets_package: secretsPackage(server, planet, names) } : {}),
      update: { package: locator('planet', planet), config_package: configPackage(server, planet, names) },
    },
    teleport: { installed: { repository: '', name: '', version: '' } },
  };
}

function secretsPackage(server: ServerDocument, version: string, names: PlanNames): Locator {
  return stamped(`planet-${nodeName(server, names)}-secrets`, version, names);
}

function configPackage(server: ServerDocument, version: string, names: PlanNames): Locator {
  return stamped(`planet-config-${nodeName(server, names)}`, version, names);
}

/** The address without its dots, as gravity names packages of a node. */
function nodeName({ advertise_ip }: ServerDocument, { cluster }: PlanNames): string {
  return `${advertise_ip.replaceAll('.', '')}.${cluster}`;
}

function stamped(name: string, version: string, { cluster, stamp }: PlanNames): Locator {
  return locator(name, `${version}+${stamp}`, cluster);
}
