import { phaseKindRow as row } from '../phase-kind.ts';

/** The page and the checks of kinds that are alike. */
const garbage = { runbook: 'garbage-collection', checks: ['disk', 'agents', 'status'] } as const;
const beginning = { runbook: 'operation-init', checks: ['plan', 'status'] } as const;
const configuring = { runbook: 'configure-node', checks: ['plan', 'status', 'disk'] } as const;
const software = { runbook: 'install-system', checks: ['nodes', 'units', 'log', 'disk'] } as const;
const waiting = { runbook: 'wait-for-cluster', checks: ['nodes', 'etcd', 'units', 'log', 'status'] } as const;
const objects = { runbook: 'install-objects', checks: ['nodes', 'etcd', 'system-pods'] } as const;
const application = {
  runbook: 'install-application',
  checks: ['jobs', 'events', 'system-pods', 'nodes'],
} as const;
const electing = { runbook: 'election', checks: ['history', 'etcd', 'nodes', 'status'] } as const;
const joining = { runbook: 'join-hooks', checks: ['jobs', 'events', 'nodes'] } as const;
const leftovers = { runbook: 'reconfigure', checks: ['plan', 'nodes', 'etcd', 'units', 'disk'] } as const;

/**
 * Garbage collection, install, join and reconfigure leave the executor empty: their kind is the first segment of the
 * phase's id (operations.md 5, 6, 7 and 9).
 */
export const otherKinds = {
  registry: row({
    ...garbage,
    does: 'prune unused images from this master’s registry',
    p50: 60,
    p90: 300,
    fails: ['registry unreachable'],
    irreversible: 'images that do not belong to the cluster are gone',
  }),
  packages: row({
    ...garbage,
    does: 'prune unused packages',
    p50: 15,
    p90: 60,
    irreversible: 'unused packages are gone',
  }),
  journal: row({
    ...garbage,
    does: 'prune journals of old machine ids',
    p50: 5,
    p90: 20,
    irreversible: 'old journals are gone',
  }),
  init: row({ ...beginning, does: 'initialise the operation on the node', p50: 10, p90: 20 }),
  startAgent: row({ ...beginning, does: 'start the RPC agent on the master', p50: 5, p90: 20 }),
  stopAgent: row({ ...beginning, does: 'stop the RPC agent on the master', p50: 5, p90: 20 }),
  checks: row({
    runbook: 'preflight-checks',
    checks: ['plan', 'status', 'disk'],
    does: 'check requirements, ports and disks',
    p50: 30,
    p90: 90,
    fails: ['The following pre-flight checks failed:', 'time drift', 'ports', 'disk'],
  }),
  configure: row({ ...configuring, does: 'generate configuration packages', p50: 10, p90: 20 }),
  bootstrap: row({
    ...configuring,
    does: 'make directories, users and limits on the node',
    p50: 10,
    p90: 20,
    fails: ['chown errors', 'mount errors'],
  }),
  pull: row({
    runbook: 'pull-packages',
    checks: ['plan', 'disk', 'status'],
    does: 'pull packages to the node',
    p50: 120,
    p90: 600,
    fails: ['disk space', 'network'],
  }),
  system: row({
    ...software,
    does: 'install system software',
    p50: 90,
    p90: 180,
    fails: ['unit failed to start'],
  }),
  masters: row({
    ...software,
    does: 'install system software on the master',
    p50: 60,
    p90: 180,
    fails: ['unit failed to start'],
  }),
  nodes: row({
    ...software,
    does: 'install system software on the node',
    p50: 60,
    p90: 180,
    fails: ['unit failed to start'],
  }),
  wait: row({
    ...waiting,
    does: 'wait for planet, Kubernetes and teleport',
    p50: 90,
    p90: 300,
    fails: ['not all planets have come up yet', 'planet is not running yet'],
  }),
  rbac: row({ ...objects, does: 'create Kubernetes roles and policies', p50: 4, p90: 10 }),
  'system-resources': row({
    ...objects,
    does: 'create system resources',
    undoes: 'deletes them',
    p50: 4,
    p90: 10,
  }),
  'user-resources': row({
    ...objects,
    does: 'create the resources given at install',
    p50: 4,
    p90: 10,
    fails: ['failed to create user resources'],
  }),
  export: row({
    runbook: 'export-images',
    checks: ['disk', 'units', 'log', 'status'],
    does: 'push images into this master’s registry',
    p50: 300,
    p90: 900,
  }),
  health: row({
    runbook: 'cluster-health',
    checks: ['status', 'nodes', 'etcd', 'units'],
    does: 'wait for the cluster’s health checks',
    p50: 60,
    p90: 300,
    limit: 300,
  }),
  overlay: row({ ...waiting, does: 'wait for the overlay network', p50: 10, p90: 60 }),
  runtime: row({
    ...application,
    does: 'install a system application',
    p50: 120,
    p90: 600,
    fails: ['hook failed'],
  }),
  app: row({ ...application, does: 'install the application', p50: 180, p90: 1200, fails: ['hook failed'] }),
  'connect-installer': row({ ...beginning, does: 'connect to the installer', p50: 5, p90: 30 }),
  election: row({ ...electing, does: 'enable leader elections', p50: 5, p90: 30 }),
  elect: row({ ...electing, does: 'set leader election on the joined node', p50: 5, p90: 30 }),
  'gravity-resources': row({
    ...objects,
    does: 'create Gravity resources given at install',
    p50: 5,
    p90: 30,
  }),
  preHook: row({ ...joining, does: 'run the preNodeAdd hook', p50: 30, p90: 600, fails: ['hook failed'] }),
  postHook: row({ ...joining, does: 'run the postNodeAdd hook', p50: 30, p90: 600, fails: ['hook failed'] }),
  etcdBackup: row({
    runbook: 'etcd-backup',
    checks: ['etcd', 'disk', 'status'],
    does: 'back etcd up on the master',
    p50: 10,
    p90: 20,
  }),
  etcd: row({
    runbook: 'join-etcd',
    checks: ['etcd', 'nodes', 'status'],
    does: 'add the node to the etcd cluster, or set its peer address',
    undoes: 'restores etcd from the backup on the master',
    p50: 10,
    p90: 30,
    fails: ['etcd unhealthy'],
  }),
  selinux: row({
    runbook: 'selinux',
    checks: ['agents', 'status'],
    does: 'configure SELinux on the node',
    undoes: 'takes it back',
    p50: 30,
    p90: 60,
  }),
  interfaces: row({ ...leftovers, does: 'remove old network interfaces', p50: 2, p90: 5 }),
  'local-packages': row({ ...leftovers, does: 'clean up packages of the node', p50: 5, p90: 15 }),
  'cluster-packages': row({ ...leftovers, does: 'clean up packages of the cluster', p50: 5, p90: 15 }),
  state: row({ ...leftovers, does: 'update the cluster’s state', p50: 2, p90: 5 }),
  tokens: row({ ...leftovers, does: 'clean up old service account tokens', p50: 10, p90: 20 }),
  node: row({ ...leftovers, does: 'remove the old Kubernetes node', p50: 5, p90: 15 }),
  directories: row({ ...leftovers, does: 'clean up directories', p50: 2, p90: 5 }),
  pods: row({ ...leftovers, does: 'clean up old pods', p50: 30, p90: 60 }),
  restart: row({
    runbook: 'restart-planet',
    checks: ['nodes', 'etcd', 'status', 'units', 'log'],
    does: 'restart planet and teleport',
    p50: 90,
    p90: 180,
  }),
  gravity: row({ ...waiting, does: 'wait for gravity-site', p50: 90, p90: 180 }),
};
