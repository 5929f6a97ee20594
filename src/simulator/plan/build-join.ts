import type { PhaseData, PhaseDocument, PlanDocument, ServerDocument } from '../plan-document.ts';
import { agentLogin } from './agent-login.ts';
import { both, type InstallSite, isMaster, systemPackages } from './install-phases.ts';
import { numbered } from './numbered-steps.ts';
import { group, leaf } from './phase.ts';
import { type PlanRequest, planDocument, rolesOf } from './plan-request.ts';
import { locator } from './versions.ts';

export type JoinOptions = {
  joining: ServerDocument;
  /** The image defines preNodeAdd and postNodeAdd. */
  hooks: boolean;
  serviceUser: InstallSite['serviceUser'];
  password: string;
};

/**
 * The plan of a node that joins (operations.md 7, trees.json expand-*). The plan's servers are those already there: the
 * joining node is none of them yet.
 */
export function buildJoin(request: PlanRequest, options: JoinOptions): PlanDocument {
  const { image, servers } = request;
  const { lead, masters } = rolesOf(servers);
  const { gravity, teleport, planet } = image.installed;
  const site: JoinSite = {
    master: lead,
    servers,
    app: locator(image.app.name, image.app.from),
    gravity,
    teleport,
    planet,
    ...options,
    cluster: request.cluster,
  };
  const asMaster = isMaster(options.joining);
  // A second master leaves etcd without a quorum until it is up: only then a backup is made.
  const backup = asMaster && masters.length === 1;
  const phases = [
    ...preparations(site, asMaster),
    ...software(site),
    ...(backup ? [etcdBackup(site)] : []),
    ...(asMaster ? [etcd(site, backup)] : []),
    waiting(site, asMaster),
    ...ends(site, asMaster),
  ];
  return planDocument(request, { type: 'operation_expand', phases: numbered(phases) });
}

type JoinSite = InstallSite & JoinOptions & { cluster: string };

function preparations(site: JoinSite, asMaster: boolean): PhaseDocument[] {
  const { joining, master, app, serviceUser, cluster, password } = site;
  const secured = joining['selinux'] === true;
  const start = leaf({
    id: '/startAgent',
    description: `Start RPC agent on the master node ${master.advertise_ip}`,
    data: { server: master, exec_server: joining, agent: agentLogin(`adminagent@${cluster}`, password) },
  });
  const selinux = leaf({
    id: '/selinux',
    description: 'Configure SELinux',
    data: { ...both(joining), package: app },
  });
  const before = [...(secured ? ['/selinux'] : []), '/init', ...(asMaster ? ['/startAgent'] : [])];
  const email = `${asMaster ? 'adminagent' : 'agent'}@${cluster}`;
  return [
    leaf({
      id: '/init',
      description: 'Initialize operation on the joining node',
      data: { server: joining, master, package: app },
    }),
    ...(asMaster ? [start] : []),
    ...(secured ? [selinux] : []),
    leaf({
      id: '/checks',
      description: 'Execute pre-flight checks on the joining node',
      requires: before,
      data: { server: joining, master },
    }),
    leaf({
      id: '/configure',
      description: 'Configure packages for the joining node',
      requires: ['/checks'],
      data: { exec_server: joining },
    }),
    leaf({
      id: '/bootstrap',
      description: 'Bootstrap the joining node',
      data: { ...both(joining), package: app, agent: agentLogin(email, password), service_user: serviceUser },
    }),
  ];
}

function software(site: JoinSite): PhaseDocument[] {
  const { joining, app, serviceUser, hooks } = site;
  const install = (name: 'teleport' | 'planet', more: PhaseData): PhaseDocument =>
    leaf({
      id: `/system/${name}`,
      description: `Install system package ${name}:${site[name]}`,
      requires: ['/pull'],
      data: { ...both(joining), package: locator(name, site[name]), ...more, service_user: serviceUser },
    });
  const pull = leaf({
    id: '/pull',
    description: 'Pull packages on the joining node',
    requires: ['/configure', '/bootstrap'],
    data: {
      ...both(joining),
      package: app,
      service_user: serviceUser,
      pull: { packages: systemPackages(site) },
    },
  });
  return [
    pull,
    ...(hooks ? [hook(site, { id: '/preHook', name: 'preNodeAdd', requires: ['/pull'] })] : []),
    group({
      id: '/system',
      description: 'Install system software on the joining node',
      phases: [install('teleport', {}), install('planet', { labels: { purpose: 'runtime' } })],
    }),
  ];
}

function hook(
  { joining, app, serviceUser }: JoinSite,
  { id, name, requires }: { id: string; name: string; requires: string[] },
): PhaseDocument {
  return leaf({
    id,
    description: `Execute the application's ${name} hook`,
    requires,
    data: { exec_server: joining, package: app, service_user: serviceUser },
  });
}

function etcdBackup({ joining, master }: JoinSite): PhaseDocument {
  return leaf({
    id: '/etcdBackup',
    description: `Backup etcd data on the master node ${master.advertise_ip}`,
    requires: ['/startAgent'],
    data: { server: master, exec_server: joining },
  });
}

function etcd({ joining, master }: JoinSite, backup: boolean): PhaseDocument {
  return leaf({
    id: '/etcd',
    description: 'Add the joining node to the etcd cluster',
    requires: ['/system', ...(backup ? ['/etcdBackup'] : [])],
    data: { ...both(joining), master },
  });
}

function waiting({ joining }: JoinSite, asMaster: boolean): PhaseDocument {
  const wait = (name: string, description: string, requires: string[]): PhaseDocument =>
    leaf({ id: `/wait/${name}`, description, requires, data: both(joining) });
  return group({
    id: '/wait',
    description: 'Wait for the node to join the cluster',
    phases: [
      wait('planet', 'Wait for the planet to start', ['/system', ...(asMaster ? ['/etcd'] : [])]),
      wait('k8s', 'Wait for the node to join Kubernetes cluster', ['/wait/planet']),
      wait('teleport', 'Wait for the Teleport node to join cluster', ['/wait/planet']),
    ],
  });
}

function ends(site: JoinSite, asMaster: boolean): PhaseDocument[] {
  const { joining, master, hooks } = site;
  const requires = ['/wait'];
  const stop = leaf({
    id: '/stopAgent',
    description: `Stop RPC agent on the master node ${master.advertise_ip}`,
    requires,
    data: { server: master, exec_server: joining },
  });
  return [
    ...(asMaster ? [stop] : []),
    ...(hooks ? [hook(site, { id: '/postHook', name: 'postNodeAdd', requires })] : []),
    leaf({
      id: '/elect',
      description: `${asMaster ? 'Enable' : 'Disable'} leader election on the joined node`,
      requires,
      data: both(joining),
    }),
  ];
}
