import type { Cluster, ClusterNode, Probe } from '../cluster/cluster.ts';

/** What the work of an operation darkens on a node: planet as it starts, and etcd with the API that stands on it. */
export function darkProbes(cluster: Cluster, node: ClusterNode): Probe[] {
  if (node.planet === 'starting') return whilePlanetStarts(node);
  const dark = !cluster.world.etcdAnswers();
  return [
    ...(dark || node.etcdStopped ? [etcdDark()] : []),
    ...(dark && node.role === 'master' ? [apiDark()] : []),
  ];
}

/** Docker and what stands on it come back last (health.md 6.2; texts of satellite.md 7). */
function whilePlanetStarts({ role }: ClusterNode): Probe[] {
  const socket = 'dial unix /var/run/docker.sock: connect: no such file or directory';
  const docker = failed('docker', `healthz check failed: Get "http://docker/version": ${socket}`);
  const unit: Probe = {
    checker: 'systemd',
    detail: 'kube-kubelet.service',
    status: 'failed',
    error: 'auto-restart',
  };
  const node = nodeNotReady();
  return role === 'master'
    ? [docker, etcdDark(), apiDark(), registryDark(), unit, node]
    : [docker, etcdDark(), kubeletDark(), unit, node];
}

function etcdDark(): Probe {
  return failed(
    'etcd-healthz',
    `healthz check failed: Get "https://127.0.0.1:2379/health": ${refused('127.0.0.1:2379')}`,
  );
}

function apiDark(): Probe {
  const url = 'https://leader.telekube.local:6443/api/v1/componentstatuses/scheduler';
  return failed('kube-apiserver', `Get "${url}": ${refused('127.0.0.1:6443')}`);
}

function registryDark(): Probe {
  const url = 'https://leader.telekube.local:5000/v2/';
  return failed('docker-registry', `healthz check failed: Get "${url}": ${refused('127.0.0.1:5000')}`);
}

function kubeletDark(): Probe {
  const url = 'http://127.0.0.1:10248/healthz';
  return failed('kubelet', `healthz check failed: Get "${url}": ${refused('127.0.0.1:10248')}`);
}

/** One probe per bad condition: type and reason, then its message; the one checker besides disks that says critical. */
function nodeNotReady(): Probe {
  return {
    checker: 'node-status',
    detail: 'Ready/NodeStatusUnknown',
    status: 'failed',
    error: 'Kubelet stopped posting node status.',
    severity: 'critical',
  };
}

function refused(at: string): string {
  return `dial tcp ${at}: connect: connection refused`;
}

function failed(checker: string, error: string): Probe {
  return { checker, status: 'failed', error };
}
