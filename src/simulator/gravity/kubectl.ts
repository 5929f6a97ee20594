import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
import { statesOn } from '../world.ts';
import type { Arguments } from './arguments.ts';
import type { GravityProcess } from './process.ts';

/** `gravity exec kubectl get pods|pdb … -o json`: what a drain depends on; nothing else is simulated inside planet. */
export function kubectl(gravity: GravityProcess, { operands }: Arguments): Fault | null {
  const { cluster } = gravity;
  if (!cluster.situation.planet) return fault('no runtime package found');
  const words = operands.map((word) => word.replace(/^.*\//, ''));
  const kind = words[words.indexOf('get') + 1] ?? '';
  if (words[0] !== 'kubectl' || !words.includes('get'))
    return fault('only kubectl get is simulated inside planet');
  if (!cluster.world.etcdAnswers()) {
    gravity.err(
      'The connection to the server leader.telekube.local:6443 was refused - did you specify the right host or port?\n',
    );
    return fault('exit status 1');
  }
  const node = /spec\.nodeName=([^\s,]+)/.exec(operands.join(' '))?.[1];
  if (/^po(ds?)?$/.test(kind)) return print(gravity, podsOn(cluster, node ?? null));
  if (/^(pdb|poddisruptionbudgets?(\..*)?)$/.test(kind)) return print(gravity, [budget(cluster)]);
  return print(gravity, []);
}

function print({ out }: GravityProcess, items: unknown[]): null {
  out(`${goJson({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, 4)}\n`);
  return null;
}

function podsOn(cluster: Cluster, wanted: string | null): unknown[] {
  const { name: namespace } = cluster.application;
  return [...cluster.nodes.values()].flatMap((node, index) => {
    const { hostname, advertise_ip, nodename } = node.server;
    if (wanted !== null && ![advertise_ip, hostname, nodename].includes(wanted)) return [];
    const dns = pod(node, { namespace: 'kube-system', name: `dns-${hostname}`, owner: 'DaemonSet' });
    if (drained(cluster, node)) return [dns];
    return [
      dns,
      pod(node, { namespace, name: `${namespace}-db-${index}`, owner: 'StatefulSet' }),
      pod(node, { namespace, name: `web-${hostname}`, owner: 'ReplicaSet' }),
    ];
  });
}

/** Between its drain and its being uncordoned only what belongs to the node itself runs on it. */
function drained({ world, host }: Cluster, { server }: ClusterNode): boolean {
  const states = statesOn(world, host);
  const done = (executor: string): boolean =>
    world.tree.leaves.some(
      ({ id, executor: its, data }) =>
        its === executor &&
        data?.server?.hostname === server.hostname &&
        states.get(id)?.state === 'completed',
    );
  return done('drain_node') && !done('uncordon_node');
}

type PodWords = { namespace: string; name: string; owner: string };

function pod({ server, up }: ClusterNode, { namespace, name, owner }: PodWords): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, ownerReferences: [{ kind: owner, name: name.replace(/-[^-]*$/, '') }] },
    spec: { nodeName: server.advertise_ip },
    status: { phase: up ? 'Running' : 'Unknown' },
  };
}

/** It allows nothing while a drain is arranged to fail on a budget, as the drain itself says. */
function budget({ world, application }: Cluster): unknown {
  const held = [...world.arranged.values()].some(({ execute }) =>
    /disruption budget/.test(execute?.original ?? ''),
  );
  return {
    apiVersion: 'policy/v1beta1',
    kind: 'PodDisruptionBudget',
    metadata: { name: `${application.name}-db`, namespace: application.name },
    status: { disruptionsAllowed: held ? 0 : 1 },
  };
}
