import type { PlanDocument, ServerDocument } from '../plan-document.ts';
import { buildGc } from './build-gc.ts';
import { buildInstall } from './build-install.ts';
import { buildJoin } from './build-join.ts';
import { buildReconfigure } from './build-reconfigure.ts';
import { buildRolling, type Rolling } from './build-rolling.ts';
import { buildShrink } from './build-shrink.ts';
import { buildUpdate } from './build-update.ts';
import { IMAGES, type Image } from './image.ts';
import type { PlanRequest } from './plan-request.ts';
import { ROLLING } from './rolling-kinds.ts';
import { type ClusterSize, clusterServers, installedAt } from './servers.ts';

/** What an operation is to be: the size is that of the cluster it runs on. */
export type OperationOptions = ClusterSize & { operationId: string; cluster: string; createdMs: number };

export type OperationRow = {
  describe: string;
  /** How many nodes the cluster needs for it; one when absent. */
  leastNodes?: number;
  build(options: OperationOptions): PlanDocument;
};

/** Every operation a simulated cluster can be in the middle of, by the name `--operation` takes. */
export const OPERATIONS: Readonly<Record<string, OperationRow>> = {
  update: {
    describe: 'an update of runtime and application, etcd included',
    build: (options) => buildUpdate(request(options, IMAGES.direct)),
  },
  'update-same-etcd': {
    describe: 'an update that leaves etcd alone',
    build: (options) => buildUpdate(request(options, IMAGES.sameEtcd)),
  },
  'update-multi-hop': {
    describe: 'an update from 5.5 over 6.1 to 7.0, runtime after runtime',
    build: (options) => buildUpdate(request(options, IMAGES.multiHop)),
  },
  'update-app': {
    describe: 'an update of the application alone',
    build: (options) => buildUpdate(request(options, IMAGES.appOnly)),
  },
  'update-selinux': {
    describe: 'an update of nodes that run with SELinux',
    build: (options) => buildUpdate(secured(request(options, IMAGES.direct))),
  },
  'update-openebs': {
    describe: 'an update that brings OpenEBS, and migrates links and roles',
    build: (options) => buildUpdate(request(options, IMAGES.openebs)),
  },
  environment: {
    describe: 'new variables for the runtime environment: a rolling restart',
    build: (options) => rolling(options, ROLLING.environment),
  },
  'config-masters': {
    describe: 'a cluster configuration only the masters care about',
    build: (options) => rolling(options, ROLLING.masters),
  },
  'config-kubelet': {
    describe: 'a cluster configuration for every kubelet',
    build: (options) => rolling(options, ROLLING.kubelet),
  },
  'config-service-cidr': {
    describe: 'a new range for the addresses of services',
    build: (options) => rolling(options, ROLLING.serviceCidr),
  },
  gc: {
    describe: 'a garbage collection',
    build: (options) => buildGc(request(options, IMAGES.direct)),
  },
  install: {
    describe: 'the installation of the cluster',
    build: (options) => buildInstall(request(options, IMAGES.installed), INSTALL),
  },
  'join-master': {
    describe: 'one more master joins',
    build: (options) => join(options, 'master'),
  },
  'join-worker': {
    describe: 'one more worker joins',
    build: (options) => join(options, 'worker'),
  },
  reconfigure: {
    describe: 'a new advertise address, which only a cluster of one node can have: it has one',
    build: (options) =>
      buildReconfigure(request({ ...options, masters: 1, workers: 0 }, IMAGES.installed), SERVICE_USER),
  },
  shrink: {
    describe: 'the last node is removed: an operation without a plan',
    leastNodes: 2,
    build: (options) => buildShrink(request(options, IMAGES.installed)),
  },
};

export const DEFAULT_OPERATION = 'update';

const SERVICE_USER = { name: 'planet', uid: '1000', gid: '1000' };

const PASSWORDS = {
  master: '0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a',
  node: '0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b',
};

const INSTALL = {
  serviceUser: SERVICE_USER,
  agents: PASSWORDS,
  trustedCluster: btoa('{"kind":"trusted_cluster","version":"v2","metadata":{"name":"installer"}}'),
};

function request({ masters, workers, ...options }: OperationOptions, image: Image): PlanRequest {
  return { ...options, servers: clusterServers({ masters, workers }, installedAt(options.createdMs)), image };
}

function secured({ servers, ...options }: PlanRequest): PlanRequest {
  return { ...options, servers: servers.map((server) => ({ ...server, selinux: true })) };
}

function rolling(options: OperationOptions, kind: Rolling): PlanDocument {
  return buildRolling(request(options, IMAGES.direct), kind);
}

/** The node after the last of its role. */
function join(options: OperationOptions, role: 'master' | 'worker'): PlanDocument {
  const { masters, workers, createdMs } = options;
  const grown =
    role === 'master' ? { masters: masters + 1, workers: 0 } : { masters: 0, workers: workers + 1 };
  const joining: ServerDocument | undefined = clusterServers(grown, createdMs).at(-1);
  if (joining === undefined) throw new Error('a cluster grows by a node');
  return buildJoin(request(options, IMAGES.installed), {
    joining,
    hooks: role === 'master',
    serviceUser: SERVICE_USER,
    password: role === 'master' ? PASSWORDS.master : PASSWORDS.node,
  });
}
