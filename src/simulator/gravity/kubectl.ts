import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
import { noSite } from './agent-commands.ts';
import type { Arguments } from './arguments.ts';
import type { GravityProcess } from './process.ts';

/** `gravity exec kubectl get pods|pdb … -o json`: what a drain depends on; nothing else is simulated inside planet. */
export function kubectl(gravity: GravityProcess, { operands }: Arguments): Fault | null {
  const words = operands.map((word) => word.replace(/^.*\//, ''));
  const kind = words[words.indexOf('get') + 1] ?? '';
  if (words[0] !== 'kubectl' || !words.includes('get'))
    return fault('only kubectl get is simulated inside planet');
  const dark = noSite(gravity);
  if (dark !== null) return dark;
  const node = /spec\.nodeName=([^\s,]+)/.exec(operands.join(' '))?.[1];
  if (/^po(ds?)?$/.test(kind)) return print(gravity, podsOn(gravity.cluster, node ?? null));
  if (/^(pdb|poddisruptionbudgets?(\..*)?)$/.test(kind)) return print(gravity, [budget(gravity.cluster)]);
  return print(gravity, []);
}

function print({ out }: GravityProcess, items: unknown[]): null {
  out(`${goJson({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, 4)}\n`);
  return null;
}

function podsOn(cluster: Cluster, wanted: string | null): unknown[] {
  return [...cluster.nodes.values()]
    .filter(({ server }) => wanted === null || wanted === server.advertise_ip || wanted === server.hostname)
    .flatMap((node, index) => [
      pod(node, { namespace: 'kube-system', name: `dns-${node.server.hostname}`, owner: 'DaemonSet' }),
      pod(node, {
        namespace: cluster.application.name,
        name: `${cluster.application.name}-db-${index}`,
        owner: 'StatefulSet',
      }),
      pod(node, {
        namespace: cluster.application.name,
        name: `web-${node.server.hostname}`,
        owner: 'ReplicaSet',
      }),
    ]);
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
