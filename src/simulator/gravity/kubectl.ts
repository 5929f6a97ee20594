import type { Cluster } from '../cluster/cluster.ts';
import { podsOf, type SimulatedPod } from '../cluster/pods.ts';
import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
import { scheduling } from '../planet/scheduling.ts';
import type { Arguments } from './arguments.ts';
import type { GravityProcess } from './process.ts';

/** What `gravity exec kubectl get … -o json` can list: what a drain depends on, and nothing else of what runs inside planet. */
const KINDS: readonly { names: RegExp; items(cluster: Cluster, words: string): unknown[] }[] = [
  { names: /^po(ds?)?$/, items: podItems },
  { names: /^(pdb|poddisruptionbudgets?(\..*)?)$/, items: (cluster) => [budget(cluster)] },
  { names: /^no(des?)?$/, items: nodeItems },
];

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
  const items = KINDS.find(({ names }) => names.test(kind))?.items(cluster, operands.join(' ')) ?? [];
  gravity.out(`${goJson({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, 4)}\n`);
  return null;
}

function podItems(cluster: Cluster, words: string): unknown[] {
  const node = /spec\.nodeName=([^\s,]+)/.exec(words)?.[1];
  const namespace = /(?:--namespace[= ]|-n )(\S+)/.exec(words)?.[1];
  return podsOf(cluster)
    .filter((pod) => namespace === undefined || pod.namespace === namespace)
    .filter((pod) => node === undefined || isOn(pod, node))
    .map(podItem);
}

function isOn({ node }: SimulatedPod, wanted: string): boolean {
  if (node === null) return false;
  const { hostname, advertise_ip, nodename } = node.server;
  return [advertise_ip, hostname, nodename].includes(wanted);
}

function podItem({ namespace, name, node, owner, labels, waits }: SimulatedPod): unknown {
  const isReady = node?.up === true;
  const scheduled =
    waits === null
      ? { type: 'PodScheduled', status: 'True' }
      : { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: waits };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, ownerReferences: [{ kind: owner.kind, name: owner.name }] },
    spec: node === null ? {} : { nodeName: node.server.advertise_ip },
    status: {
      phase: node === null ? 'Pending' : node.up ? 'Running' : 'Unknown',
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }, scheduled],
    },
  };
}

/** One of its pods may be missing; it allows nothing while one is, or while a drain is arranged to fail on it. */
function budget(cluster: Cluster): unknown {
  const { name } = cluster.application;
  const arranged = [...cluster.world.arranged.values()].some(({ execute }) =>
    /disruption budget/.test(execute?.original ?? ''),
  );
  const pods = podsOf(cluster).filter(({ labels }) => labels['app'] === `${name}-db`);
  const healthy = pods.filter(({ node }) => node?.up === true).length - (arranged ? 1 : 0);
  const wanted = cluster.heldPods.size > 0 ? healthy : pods.length - 1;
  return {
    apiVersion: 'policy/v1beta1',
    kind: 'PodDisruptionBudget',
    metadata: { name: `${name}-db`, namespace: name },
    spec: { minAvailable: wanted, selector: { matchLabels: { app: `${name}-db` } } },
    status: {
      currentHealthy: healthy,
      desiredHealthy: wanted,
      disruptionsAllowed: Math.max(0, healthy - wanted),
      expectedPods: pods.length,
    },
  };
}

const RUNLEVEL = { key: 'gravitational.io/runlevel', value: 'system', effect: 'NoExecute' };

function nodeItems(cluster: Cluster): unknown[] {
  return [...cluster.nodes.values()].map((node) => {
    const cordoned = scheduling.isCordoned(cluster, node);
    const taints = scheduling.isTainted(cluster, node) ? [RUNLEVEL] : [];
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: node.server.advertise_ip },
      spec: {
        ...(cordoned ? { unschedulable: true } : {}),
        ...(taints.length === 0 ? {} : { taints }),
      },
      status: { conditions: [{ type: 'Ready', status: node.up ? 'True' : 'False' }] },
    };
  });
}
