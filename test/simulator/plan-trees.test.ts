import { describe, expect, test } from 'vitest';
import { buildGc } from '../../src/simulator/plan/build-gc.ts';
import { buildInstall } from '../../src/simulator/plan/build-install.ts';
import { buildJoin } from '../../src/simulator/plan/build-join.ts';
import { buildReconfigure } from '../../src/simulator/plan/build-reconfigure.ts';
import { buildRolling } from '../../src/simulator/plan/build-rolling.ts';
import { buildUpdate } from '../../src/simulator/plan/build-update.ts';
import type { Image, Release } from '../../src/simulator/plan/image.ts';
import type { PlanRequest } from '../../src/simulator/plan/plan-request.ts';
import { ROLLING } from '../../src/simulator/plan/rolling-kinds.ts';
import type { PhaseDocument, PlanDocument, ServerDocument } from '../../src/simulator/plan-document.ts';
import { recordingText } from '../recordings.ts';

/** A phase as trees.json writes it: servers by their names, the rest of the data left out. */
type TreePhase = {
  id: string;
  executor: string;
  description?: string;
  step: number;
  requires?: string[];
  parallel: boolean;
  exec_server?: string;
  server?: string;
  phases?: TreePhase[];
};

type Tree = { operation_type: string; lead_master: string; leaves: number; phases: TreePhase[] };

const trees: Record<string, Tree> = JSON.parse(recordingText('trees.json'));

const apps = (runtime: string, [dns, logging, monitoring, tiller]: readonly string[]) =>
  [
    ['rbac-app', runtime],
    ['dns-app', dns],
    ['logging-app', logging],
    ['monitoring-app', monitoring],
    ['tiller-app', tiller],
    ['site', runtime],
    ['kubernetes', runtime],
  ].map(([name = '', version = '']) => ({ name, version }));

const release = (gravity: string, etcd: string, versions: readonly string[]): Release => ({
  gravity,
  planet: '7.0.67-11709',
  teleport: '3.2.17',
  etcd,
  apps: apps(gravity, versions),
});

const old = release('7.0.30', '3.4.7', ['7.0.3', '7.0.0', '7.0.8', '7.0.1']);
const target = release('7.0.40', '3.4.9', ['7.0.4', '7.0.1', '7.0.12', '7.0.2']);
const image: Image = {
  app: { name: 'mattermost', from: '2.2.0', to: '2.3.0' },
  parts: [{ name: 'mattermost', version: '2.3.0' }],
  installed: old,
  via: [],
  target,
  openebs: false,
  migrates: { links: false, roles: false },
};
const multiHop: Image = {
  ...image,
  installed: release('5.5.60', '3.3.20', ['0.3.0', '5.0.3', '5.5.2', '5.5.2']),
  via: [release('6.1.49', '3.4.3', ['0.4.2', '6.0.8', '6.0.14', '6.1.1'])],
};
const installed: Image = {
  ...image,
  installed: target,
  parts: [{ name: 'mattermost', version: '2.2.0' }],
};

const node = (number: number, role: 'master' | 'node'): ServerDocument => ({
  advertise_ip: `192.168.10.1${number}`,
  hostname: `node-${number}`,
  cluster_role: role,
  role,
});
const five = [node(1, 'master'), node(2, 'master'), node(3, 'master'), node(4, 'node'), node(5, 'node')];
const one = [node(1, 'master')];

const request = (servers: readonly ServerDocument[], over: Image): PlanRequest => ({
  operationId: '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
  cluster: 'example.com',
  createdMs: 0,
  servers,
  image: over,
});

const serviceUser = { name: 'planet', uid: '1000', gid: '1000' };
const install = { serviceUser, agents: { master: 'a', node: 'b' }, trustedCluster: '' };
const join = { serviceUser, password: 'a' };

const built: Record<string, PlanDocument> = {
  'update-direct': buildUpdate(request(five, image)),
  'update-multihop': buildUpdate(request(five, multiHop)),
  'update-app-only': buildUpdate(request(five, { ...image, target: old })),
  environ: buildRolling(request(five, image), ROLLING.environment),
  'clusterconfig-kubelet': buildRolling(request(five, image), ROLLING.kubelet),
  'clusterconfig-servicecidr': buildRolling(request(five, image), ROLLING.serviceCidr),
  gc: buildGc(request(five, image)),
  install: buildInstall(request(five, installed), { ...install, resources: '', gravityResources: [] }),
  'expand-master': buildJoin(request(one, installed), { ...join, joining: node(6, 'master'), hooks: true }),
  'expand-worker': buildJoin(request(one, installed), { ...join, joining: node(6, 'node'), hooks: false }),
  'reconfigure-single-node': buildReconfigure(request(one, installed), serviceUser),
};

describe('an operation has the tree gravity gives it', () => {
  test.each(Object.entries(trees))('%s', (name, tree) => {
    const plan = built[name];
    expect(plan?.operation_type).toBe(tree.operation_type);
    expect(plan?.phases.map(treePhase)).toEqual(tree.phases);
  });
});

function treePhase({
  id,
  executor,
  description,
  step,
  requires,
  parallel,
  data,
  phases,
}: PhaseDocument): TreePhase {
  const [runs, about] = [data?.exec_server?.hostname, data?.server?.hostname];
  return {
    id,
    executor,
    ...(description === undefined ? {} : { description }),
    step,
    ...(requires === undefined ? {} : { requires }),
    parallel,
    ...(runs === undefined ? {} : { exec_server: runs }),
    ...(about === undefined ? {} : { server: about }),
    ...(phases === undefined ? {} : { phases: phases.map(treePhase) }),
  };
}
