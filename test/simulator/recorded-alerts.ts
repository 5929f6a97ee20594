import type { Alert } from '../../src/simulator/cluster/cluster.ts';

const since = Date.parse('2026-11-22T09:58:30.123Z');

/** What the alert manager said where recordings/story a0 and later were made, and recordings/cli/*-alerts. */
export const RECORDED_ALERTS: readonly Alert[] = [
  {
    name: 'KubePodCrashLooping',
    severity: 'critical',
    message: 'Pod shop/shop-db-0 (shop-db) is restarting 1.03 times / 5 minutes.',
    since,
    labels: { namespace: 'shop', pod: 'shop-db-0' },
    fingerprint: '2222222222222222',
  },
  {
    name: 'NodeFilesystemAlmostOutOfSpace',
    severity: 'warning',
    message: 'Filesystem on /dev/sda1 at 192.168.1.101:9100 has only 4.10% available space left.',
    since,
    labels: { instance: '192.168.1.101:9100' },
    fingerprint: '3333333333333333',
  },
  {
    name: 'KubeMemoryOvercommit',
    severity: 'warning',
    message: 'Cluster has overcommitted memory resource requests.',
    since,
    labels: {},
    suppressed: true,
    fingerprint: '4444444444444444',
  },
];
