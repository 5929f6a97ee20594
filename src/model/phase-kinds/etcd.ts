import { phaseKindRow as row } from '../phase-kind.ts';

const etcdDown = { what: 'etcd', checkers: ['etcd-healthz', 'kube-apiserver', 'dns'], silent: false };

/** Executors of `/etcd` in `operation_update`; durations and failures from operations.md 2.3. */
export const etcdKinds = {
  etcd_backup: row({
    runbook: 'etcd-backup',
    checks: ['etcd', 'disk', 'status'],
    does: 'write a backup of etcd on this master',
    p50: 10,
    p90: 20,
    fails: ['failed to backup etcd'],
    skipped: 'there is no backup of etcd to go back to on this master',
  }),
  etcd_shutdown: row({
    runbook: 'etcd-shutdown',
    checks: ['plan', 'etcd', 'units', 'log'],
    does: 'stop etcd on this master; without a quorum the cluster API goes away',
    undoes: 'starts etcd again, on the leader also gravity-site',
    p50: 8,
    p90: 15,
    dark: etcdDown,
    fails: ['exit status 1'],
    skipped: 'etcd of the old version still runs on this master',
    etcd: { execute: 'stops', rollback: 'starts' },
    pastEtcd: true,
  }),
  etcd_upgrade: row({
    runbook: 'etcd-upgrade',
    checks: ['plan', 'units', 'log', 'disk'],
    does: 'start etcd of the new version in upgrade mode',
    undoes: 'brings the old data back: writes since the backup are lost',
    p50: 15,
    p90: 30,
    dark: etcdDown,
    etcd: null,
    pastEtcd: true,
  }),
  etcd_migrate: row({
    runbook: 'etcd-migrate',
    checks: ['plan', 'disk', 'units', 'log'],
    does: 'copy the member’s data to the new version',
    p50: 10,
    p90: 30,
    dark: etcdDown,
    pastEtcd: true,
  }),
  etcd_restart: row({
    runbook: 'etcd-restart',
    checks: ['etcd', 'nodes', 'plan', 'units', 'log'],
    does: 'start etcd on its normal ports; the cluster API returns with the quorum',
    undoes: 'stops etcd again',
    p50: 25,
    p90: 60,
    dark: etcdDown,
    fails: ['etcdctl cluster-health non-zero'],
    irreversible: 'from here on, rolling etcd back loses what was written since the backup',
    etcd: { execute: 'starts', rollback: 'stops' },
    pastEtcd: true,
  }),
  etcd_restart_gravity: row({
    runbook: 'restart-gravity-site',
    checks: ['system-pods', 'etcd', 'events', 'status'],
    does: 'delete gravity-site’s pods so that they reconnect',
    p50: 15,
    p90: 30,
  }),
};
