import type { ServerDocument } from '../plan-document.ts';

export type ClusterSize = { masters: number; workers: number };

const DAYS_OLD = 90;

/** When a cluster was installed whose operation was created at `createdMs`. */
export function installedAt(createdMs: number): number {
  return createdMs - DAYS_OLD * 24 * 3600 * 1000;
}

/**
 * The servers of a cluster as the recorded plans name them: masters 192.168.1.11 and up, workers 192.168.1.101 and up
 * (recordings/plans/fresh-3m60w.json). `createdMs` is when the first one joined.
 */
export function clusterServers({ masters, workers }: ClusterSize, createdMs: number): ServerDocument[] {
  const of = (count: number, role: 'master' | 'worker', first: number, offset: number): ServerDocument[] =>
    Array.from({ length: count }, (_none, index) =>
      server(`${role}-${index + 1}`, role, first + index, createdMs + (offset + index) * 1000),
    );
  return [...of(masters, 'master', 11, 0), ...of(workers, 'worker', 101, masters)];
}

function server(
  hostname: string,
  role: 'master' | 'worker',
  last: number,
  createdMs: number,
): ServerDocument {
  const ip = `192.168.1.${last}`;
  return {
    advertise_ip: ip,
    hostname,
    nodename: ip,
    role,
    instance_type: '',
    instance_id: '',
    cluster_role: role === 'master' ? 'master' : 'node',
    provisioner: 'onprem',
    os: { name: 'ubuntu', like: ['debian'], version: '18.04' },
    mounts: null,
    system_state: { device: { name: '', type: '', size_mb: 0 }, state_dir: '/var/lib/gravity' },
    docker: { device: { name: '', type: '', size_mb: 0 }, system_directory: '' },
    user: { name: 'root', uid: '0', gid: '0' },
    created: `${new Date(createdMs).toISOString().slice(0, 19)}Z`,
  };
}
