import type { PhaseDocument, ServerDocument } from '../plan-document.ts';
import { group, type Leaf, leaf, perServer } from './phase.ts';
import { VERSIONS } from './versions.ts';

/** Stop, upgrade and restart of etcd on all masters; it requires nothing, on purpose (engine-observed 2). */
export function etcdPhase(masters: readonly ServerDocument[]): PhaseDocument {
  const { from, to } = VERSIONS.etcd;
  const [lead] = masters;
  const backup = each(masters, 'backup', null, (host) => ['etcd_backup', `Backup etcd on node "${host}"`]);
  const shutdown = each(
    masters,
    'shutdown',
    'backup',
    (host) => ['etcd_shutdown', `Shutdown etcd on node "${host}"`],
    {
      extra: (server) => ({ data: String(server === lead) }),
    },
  );
  const upgrade = each(masters, 'upgrade', 'shutdown', (host) => [
    'etcd_upgrade',
    `Upgrade etcd on node "${host}"`,
  ]);
  const migrate = each(
    masters,
    'migrate',
    'upgrade',
    (host) => ['etcd_migrate', `Migrate etcd data to version ${to} on node "${host}"`],
    { extra: () => ({ update: { etcd_upgrade: { from, to } } }) },
  );
  const restart = each(masters, 'restart', 'migrate', (host) => [
    'etcd_restart',
    `Restart etcd on node "${host}"`,
  ]);
  const site = leaf({
    id: '/etcd/restart/gravity-site',
    executor: 'etcd_restart_gravity',
    description: 'Restart gravity-site service',
    data: lead === undefined ? {} : { server: lead },
  });
  return group({
    id: '/etcd',
    description: `Upgrade etcd ${from} to ${to}`,
    phases: [
      group({ id: '/etcd/backup', description: 'Backup etcd data', phases: backup }),
      group({ id: '/etcd/shutdown', description: 'Shutdown etcd cluster', phases: shutdown }),
      group({ id: '/etcd/upgrade', description: 'Upgrade etcd servers', phases: upgrade }),
      group({ id: '/etcd/migrate', description: 'Migrate etcd data to new version', phases: migrate }),
      group({ id: '/etcd/restart', description: 'Restart etcd servers', phases: [...restart, site] }),
    ],
  });
}

function each(
  masters: readonly ServerDocument[],
  step: string,
  before: string | null,
  words: (host: string) => readonly [executor: string, description: string],
  { extra = (_server: ServerDocument): Record<string, unknown> => ({}) } = {},
): PhaseDocument[] {
  return perServer(masters, (server): Leaf => {
    const [executor, description] = words(server.hostname);
    return {
      id: `/etcd/${step}/${server.hostname}`,
      executor,
      description,
      ...(before === null ? {} : { requires: [`/etcd/${before}/${server.hostname}`] }),
      data: { server, ...extra(server) },
    };
  });
}
