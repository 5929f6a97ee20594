import type { PhaseDocument, PlanDocument, ServerDocument } from '../plan-document.ts';
import { nodeUpdate, type PlanNames } from './node-update.ts';
import { chained, group, leaf, perServer } from './phase.ts';
import { type ClusterSize, clusterServers } from './servers.ts';
import { etcdPhase } from './update-etcd.ts';
import { mastersPhase, workersPhase } from './update-nodes.ts';
import { locator, VERSIONS } from './versions.ts';

export type UpdatePlanOptions = ClusterSize & { operationId: string; cluster: string; createdMs: number };

const DAYS_OLD = 90;

/**
 * The plan gravity's builder makes for a direct update with a runtime and etcd change, equal to
 * recordings/plans/fresh-1m, -3m, -3m2w and -3m60w.
 */
export function updatePlan({
  masters,
  workers,
  operationId,
  cluster,
  createdMs,
}: UpdatePlanOptions): PlanDocument {
  const servers = clusterServers({ masters, workers }, createdMs - DAYS_OLD * 24 * 3600 * 1000);
  const [lead] = servers;
  if (lead === undefined) throw new Error('a cluster without masters has no update plan');
  const names = { cluster, stamp: Math.floor(createdMs / 1000) };
  return {
    operation_id: operationId,
    operation_type: 'operation_update',
    account_id: '00000000-0000-0000-0000-000000000001',
    cluster_name: cluster,
    phases: rootPhases(servers, lead, names),
    servers,
    lead_master: lead,
    gravity_package: locator('gravity', VERSIONS.gravity),
    created_at: `${new Date(createdMs).toISOString().slice(0, 19)}Z`,
    dns_config: { addrs: ['127.0.0.2'], port: 53 },
  };
}

function rootPhases(servers: ServerDocument[], lead: ServerDocument, names: PlanNames): PhaseDocument[] {
  const masters = servers.filter(({ cluster_role }) => cluster_role === 'master');
  const workers = servers.filter(({ cluster_role }) => cluster_role !== 'master');
  return [
    ...preparations(servers, lead, names),
    mastersPhase(masters, names),
    ...(workers.length === 0 ? [] : [workersPhase(workers, lead, names)]),
    etcdPhase(masters),
    configPhase(masters),
    ...applications(),
    cleanUp(servers),
  ];
}

const TARGET = locator(VERSIONS.app.name, VERSIONS.app.to);
const INSTALLED = locator(VERSIONS.app.name, VERSIONS.app.from);

function preparations(servers: ServerDocument[], lead: ServerDocument, names: PlanNames): PhaseDocument[] {
  const packages = { package: TARGET, installed_package: INSTALLED };
  const init = perServer(servers, (server) => ({
    id: `/init/${server.hostname}`,
    executor: server === lead ? 'update_init_leader' : 'update_init',
    description: `Initialize node "${server.hostname}"`,
    data: {
      exec_server: server,
      ...(server === lead ? packages : {}),
      update: { updates: [nodeUpdate(server, names)] },
    },
  }));
  const gravity = { gravity_package: locator('gravity', VERSIONS.gravity) };
  const bootstrap = perServer(servers, (server) => ({
    id: `/bootstrap/${server.hostname}`,
    executor: server === lead ? 'update_bootstrap_leader' : 'update_bootstrap',
    description: `Bootstrap node "${server.hostname}"`,
    data: {
      exec_server: server,
      ...packages,
      update: {
        updates: (server === lead ? servers : [server]).map((each) => nodeUpdate(each, names)),
        ...gravity,
      },
    },
  }));
  return [
    group({ id: '/init', description: 'Initialize update operation', phases: init }),
    leaf({
      id: '/checks',
      executor: 'update_checks',
      description: 'Run preflight checks',
      requires: ['/init'],
      data: packages,
    }),
    leaf({
      id: '/pre-update',
      executor: 'pre_update',
      description: 'Run pre-update application hook',
      requires: ['/init', '/checks'],
      data: { package: TARGET },
    }),
    group({
      id: '/bootstrap',
      description: 'Bootstrap update operation on nodes',
      requires: ['/checks', '/pre-update'],
      phases: bootstrap,
    }),
    leaf({
      id: '/coredns',
      executor: 'coredns',
      description: 'Provision CoreDNS resources',
      requires: ['/bootstrap'],
      data: { server: lead },
    }),
  ];
}

function configPhase(masters: ServerDocument[]): PhaseDocument {
  const phases = perServer(masters, (server) => ({
    id: `/config/${server.hostname}`,
    executor: 'config',
    description: `Update system configuration on node "${server.hostname}"`,
    data: { server },
  }));
  return group({
    id: '/config',
    description: 'Update system configuration on nodes',
    requires: ['/etcd'],
    phases,
  });
}

function applications(): PhaseDocument[] {
  const runtime = chained(
    VERSIONS.runtime.map(({ name, to }) => ({
      id: `/runtime/${name}`,
      executor: 'update_app',
      description: `Update system application "${name}" to ${to}`,
      data: { package: locator(name, to) },
    })),
  );
  const apps = VERSIONS.apps.map((name) =>
    leaf({
      id: `/app/${name}`,
      executor: 'update_app',
      description: `Update application "${name}" to ${VERSIONS.app.to}`,
      data: { package: locator(name, VERSIONS.app.to) },
    }),
  );
  const labels = leaf({ id: '/migration/labels', executor: 'labels', description: 'Update node labels' });
  return [
    group({
      id: '/runtime',
      description: 'Update application runtime',
      requires: ['/config'],
      phases: runtime,
    }),
    group({
      id: '/migration',
      description: 'Perform system database migration',
      requires: ['/runtime'],
      phases: [labels],
    }),
    group({
      id: '/app',
      description: 'Update installed application',
      requires: ['/migration'],
      phases: apps,
    }),
  ];
}

function cleanUp(servers: ServerDocument[]): PhaseDocument {
  const phases = perServer(servers, (server) => ({
    id: `/gc/${server.hostname}`,
    executor: 'cleanup_node',
    description: `Clean up node "${server.hostname}"`,
    data: { server },
  }));
  return group({ id: '/gc', description: 'Run cleanup tasks', requires: ['/app'], phases });
}
