import { type Foreign, foreign, foreignName, foreignObjects } from '../../protocol/foreign.ts';
import { type Reading, read } from '../../protocol/problem.ts';
import { kubectlItems } from './kubectl-items.ts';

/** A pod as far as a drain is concerned; `daemon` is one a drain leaves alone, `node` the Kubernetes name of its node. */
export type Pod = {
  namespace: string;
  name: string;
  node: string | null;
  phase: string | null;
  daemon: boolean;
};

/** `kubectl get pods --all-namespaces -o json` as `gravity exec` prints it. */
export function readPods(text: string): Reading<Pod[]> {
  const items = kubectlItems(text, 'the list of pods');
  return items.ok ? read(items.value.map(toPod)) : items;
}

function toPod(item: Foreign): Pod {
  const metadata = foreign(item['metadata']);
  return {
    namespace: foreignName(metadata?.['namespace']) ?? 'default',
    name: foreignName(metadata?.['name']) ?? '',
    node: foreignName(foreign(item['spec'])?.['nodeName']),
    phase: foreignName(foreign(item['status'])?.['phase']),
    daemon: foreignObjects(metadata?.['ownerReferences']).some((owner) => owner['kind'] === 'DaemonSet'),
  };
}
