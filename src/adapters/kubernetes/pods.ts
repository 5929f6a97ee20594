import { type Foreign, foreign, foreignName, foreignObjects } from '../../protocol/foreign.ts';
import type { Pod } from '../../protocol/kubernetes.ts';
import { type Reading, read } from '../../protocol/problem.ts';
import { conditionOf } from './conditions.ts';
import { kubectlItems } from './kubectl-items.ts';
import { labelsOf } from './labels.ts';

/** `kubectl get pods --all-namespaces -o json` as `gravity exec` prints it. */
export function readPods(text: string): Reading<Pod[]> {
  const items = kubectlItems(text, 'the list of pods');
  return items.ok ? read(items.value.map(toPod)) : items;
}

function toPod(item: Foreign): Pod {
  const metadata = foreign(item['metadata']);
  const status = foreign(item['status']);
  const owners = foreignObjects(metadata?.['ownerReferences']);
  const [ready, scheduled] = [conditionOf(status, 'Ready'), conditionOf(status, 'PodScheduled')];
  return {
    namespace: foreignName(metadata?.['namespace']) ?? 'default',
    name: foreignName(metadata?.['name']) ?? '',
    node: foreignName(foreign(item['spec'])?.['nodeName']),
    phase: foreignName(status?.['phase']),
    ready: ready.holds,
    daemon: owners.some((owner) => owner['kind'] === 'DaemonSet'),
    labels: labelsOf(metadata?.['labels']),
    owner: ownerOf(owners[0]),
    waits: scheduled.holds === false ? scheduled.why : ready.holds === false ? ready.why : null,
  };
}

function ownerOf(owner: Foreign | undefined): Pod['owner'] {
  const [kind, name] = [foreignName(owner?.['kind']), foreignName(owner?.['name'])];
  return kind === null || name === null ? null : { kind, name };
}
