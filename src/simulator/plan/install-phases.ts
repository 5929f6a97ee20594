import type { Locator, PhaseData, PhaseDocument, ServerDocument } from '../plan-document.ts';
import { type Group, group, type Leaf, leaf } from './phase.ts';
import { locator } from './versions.ts';

export type ServiceUser = { name: string; uid: string; gid: string };

/** What the phases of install, which reconfigure uses too, are made from. */
export type InstallSite = {
  master: ServerDocument;
  /** Masters first. */
  servers: readonly ServerDocument[];
  app: Locator;
  gravity: string;
  teleport: string;
  planet: string;
  serviceUser: ServiceUser;
};

/** Packages are brought to all nodes at once. */
export function pullPhase(site: InstallSite, requires: string[]): PhaseDocument {
  return together(
    site.servers,
    { id: '/pull', description: 'Pull configured packages', step: 3, requires },
    (server) => ({
      id: `/pull/${server.hostname}`,
      description: `Pull packages on ${kind(server)} ${server.hostname}`,
      requires,
      data: {
        ...both(server),
        package: site.app,
        service_user: site.serviceUser,
        pull: isMaster(server) ? { apps: [site.app] } : { packages: systemPackages(site) },
      },
    }),
  );
}

/** Teleport and planet on all nodes of one role at once, on each one after the other. */
export function systemPhase(site: InstallSite, role: 'masters' | 'nodes'): PhaseDocument {
  const servers = site.servers.filter((server) => isMaster(server) === (role === 'masters'));
  const phases = servers.map((server) => {
    const requires = [`/pull/${server.hostname}`];
    const install = (name: 'teleport' | 'planet', more: PhaseData): PhaseDocument =>
      leaf({
        id: `/${role}/${server.hostname}/${name}`,
        description: `Install system package ${name}:${site[name]} on ${kind(server)} ${server.hostname}`,
        step: 4,
        requires,
        data: {
          ...both(server),
          package: locator(name, site[name]),
          ...more,
          service_user: site.serviceUser,
        },
      });
    return group({
      id: `/${role}/${server.hostname}`,
      description: `Install system software on ${kind(server)} ${server.hostname}`,
      step: 4,
      requires,
      phases: [install('teleport', {}), install('planet', { labels: { purpose: 'runtime' } })],
    });
  });
  const description = `Install system software on ${role === 'masters' ? 'master' : 'regular'} nodes`;
  return group({ id: `/${role}`, description, step: 4, requires: ['/pull'], parallel: true, phases });
}

/** A leaf of step 4 that runs on the first master. */
export function onMaster({ master }: InstallSite, { data, ...rest }: Leaf): PhaseDocument {
  return leaf({ step: 4, ...rest, data: { server: master, ...data } });
}

/** A group whose children, one per server, run at once. */
export function together(
  servers: readonly ServerDocument[],
  title: Omit<Group, 'phases' | 'parallel'>,
  make: (server: ServerDocument) => Leaf,
): PhaseDocument {
  const phases = servers.map((server) => leaf({ step: title.step ?? 0, ...make(server) }));
  return group({ ...title, parallel: true, phases });
}

export function isMaster({ cluster_role }: ServerDocument): boolean {
  return cluster_role === 'master';
}

/** As descriptions of install call a server. */
export function kind(server: ServerDocument): string {
  return isMaster(server) ? 'master node' : 'node';
}

/** About a server, and run on it. */
export function both(server: ServerDocument): PhaseData {
  return { server, exec_server: server };
}

export function systemPackages({ gravity, teleport, planet }: InstallSite): Locator[] {
  return [locator('gravity', gravity), locator('teleport', teleport), locator('planet', planet)];
}
