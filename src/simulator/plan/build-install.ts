import type { Locator, PhaseDocument, PlanDocument } from '../plan-document.ts';
import { agentLogin } from './agent-login.ts';
import {
  both,
  type InstallSite,
  isMaster,
  kind,
  onMaster,
  pullPhase,
  type ServiceUser,
  systemPhase,
  together,
} from './install-phases.ts';
import { installedApplications } from './installed-applications.ts';
import { leaf } from './phase.ts';
import { type PlanRequest, planDocument, rolesOf } from './plan-request.ts';
import { locator } from './versions.ts';

/** What an installation is given beside its image; texts are base64 as the plan holds them. */
export type InstallOptions = {
  serviceUser: ServiceUser;
  /** Passwords of the agents on masters and on other nodes. */
  agents: { master: string; node: string };
  env?: Record<string, string>;
  resources?: string;
  gravityResources?: readonly unknown[];
  /** The image whose hook installs a network of its own. */
  overlay?: Locator;
  openebs?: boolean;
  trustedCluster: string;
  dns?: { addrs: string[]; port: number };
};

/** The plan of an installation (operations.md 6, trees.json install, recordings/plans/fresh-install-1m1w.json). */
export function buildInstall(request: PlanRequest, options: InstallOptions): PlanDocument {
  const { image, servers } = request;
  const { lead } = rolesOf(servers);
  const { gravity, teleport, planet } = image.installed;
  const site: InstallSite = {
    master: lead,
    servers,
    app: locator(image.app.name, image.app.from),
    gravity,
    teleport,
    planet,
    serviceUser: options.serviceUser,
  };
  const phases = [
    ...preparations(site, request, options),
    ...system(site),
    ...kubernetes(site, request, options),
    ...installedApplications(site, request.image),
    ...ends(site, options),
  ];
  const { dns } = options;
  return planDocument(request, { type: 'operation_install', phases, ...(dns === undefined ? {} : { dns }) });
}

function preparations(
  site: InstallSite,
  { cluster }: PlanRequest,
  { env, agents }: InstallOptions,
): PhaseDocument[] {
  const { servers, app } = site;
  const secured = servers.filter((server) => server['selinux'] === true);
  const selinux = together(secured, { id: '/selinux', description: 'Configure SELinux' }, (server) => ({
    id: `/selinux/${server.hostname}`,
    description: `Configure SELinux on node ${server.hostname}`,
    data: { ...both(server), package: app },
  }));
  return [
    ...(secured.length === 0 ? [] : [selinux]),
    together(servers, { id: '/init', description: 'Initialize operation on all nodes' }, (server) => ({
      id: `/init/${server.hostname}`,
      description: `Initialize operation on node ${server.hostname}`,
      data: { ...both(server), package: app },
    })),
    leaf({
      id: '/checks',
      description: 'Execute pre-flight checks',
      requires: ['/init'],
      data: { package: app },
    }),
    leaf({
      id: '/configure',
      description: 'Configure packages for all nodes',
      step: 3,
      data: { install: env === undefined ? {} : { env } },
    }),
    together(servers, { id: '/bootstrap', description: 'Bootstrap all nodes', step: 3 }, (server) => ({
      id: `/bootstrap/${server.hostname}`,
      description: `Bootstrap ${kind(server)} ${server.hostname}`,
      data: {
        ...both(server),
        package: app,
        agent: isMaster(server)
          ? agentLogin(`adminagent@${cluster}`, agents.master)
          : agentLogin(`agent@${cluster}`, agents.node),
        service_user: site.serviceUser,
      },
    })),
    pullPhase(site, ['/configure', '/bootstrap']),
  ];
}

function system(site: InstallSite): PhaseDocument[] {
  const workers = site.servers.some((server) => !isMaster(server));
  return [systemPhase(site, 'masters'), ...(workers ? [systemPhase(site, 'nodes')] : [])];
}

function kubernetes(site: InstallSite, { image }: PlanRequest, options: InstallOptions): PhaseDocument[] {
  const workers = site.servers.some((server) => !isMaster(server));
  const rbac = image.installed.apps.find(({ name }) => name === 'rbac-app')?.version ?? '';
  const { resources, overlay } = options;
  const at = (id: string, description: string, requires: string[], data = {}): PhaseDocument =>
    onMaster(site, { id, description, requires, data });
  const wait = at('/wait', 'Wait for Kubernetes to become available', [
    '/masters',
    ...(workers ? ['/nodes'] : []),
  ]);
  return [
    wait,
    at('/rbac', 'Bootstrap Kubernetes roles and PSPs', ['/wait'], { package: locator('rbac-app', rbac) }),
    at('/coredns', 'Configure CoreDNS', ['/wait']),
    ...(options.openebs === true ? [at('/openebs', 'Create OpenEBS configuration', ['/rbac'])] : []),
    at('/system-resources', 'Create system Kubernetes resources', ['/rbac']),
    ...(resources === undefined
      ? []
      : [
          at('/user-resources', 'Create user-supplied Kubernetes resources', ['/rbac'], {
            install: { resources },
          }),
        ]),
    exportPhase(site),
    ...(overlay === undefined
      ? []
      : [
          at('/overlay', 'Install overlay network', ['/export'], {
            package: overlay,
            service_user: site.serviceUser,
          }),
        ]),
    at('/health', 'Wait for cluster to pass health checks', [
      ...(overlay === undefined ? [] : ['/overlay']),
      '/export',
    ]),
  ];
}

function exportPhase({ servers, app }: InstallSite): PhaseDocument {
  const requires = ['/wait'];
  const title = {
    id: '/export',
    description: 'Export applications layers to Docker registries',
    step: 4,
    requires,
  };
  return together(servers.filter(isMaster), title, (server) => ({
    id: `/export/${server.hostname}`,
    description: `Populate Docker registry on master node ${server.hostname}`,
    requires,
    data: { ...both(server), package: app },
  }));
}

function ends(site: InstallSite, { trustedCluster, gravityResources }: InstallOptions): PhaseDocument[] {
  const resources = onMaster(site, {
    id: '/gravity-resources',
    description: 'Create user-supplied Gravity resources',
    step: 10,
    requires: ['/election'],
    data: { install: { gravity_resources: gravityResources } },
  });
  return [
    onMaster(site, {
      id: '/connect-installer',
      description: 'Connect to installer',
      step: 8,
      requires: ['/runtime'],
      data: { trusted_cluster_resource: trustedCluster },
    }),
    onMaster(site, {
      id: '/election',
      description: 'Enable cluster leader elections',
      step: 9,
      requires: ['/app'],
    }),
    ...(gravityResources === undefined ? [] : [resources]),
  ];
}
