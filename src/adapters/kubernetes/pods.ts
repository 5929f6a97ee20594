import { foreign, foreignObjects, foreignText } from '../../protocol/foreign.ts';
import { jsonDocument } from '../../protocol/json-document.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';

/** A pod as far as a drain is concerned; `daemon` is one a drain leaves alone, `node` the Kubernetes name of its node. */
export type Pod = {
  namespace: string;
  name: string;
  node: string | null;
  phase: string | null;
  daemon: boolean;
};

/** `kubectl get pods --all-namespaces -o json` as `gravity exec` prints it: a `PodList`, or the `List` of kubectl. */
export function readPods(text: string): Reading<Pod[]> {
  const document = jsonDocument(text, 'the list of pods');
  if (!document.ok) return document;
  const items = foreign(document.value)?.['items'];
  if (!Array.isArray(items)) return unread('answer.wrong-shape', 'the list of pods has no items');
  return read(
    foreignObjects(items).map((item) => toPod(foreign(item['metadata']), foreign(item['spec']), item)),
  );
}

type Node = ReturnType<typeof foreign>;

function toPod(metadata: Node, spec: Node, item: Node): Pod {
  return {
    namespace: foreignText(metadata?.['namespace']) ?? 'default',
    name: foreignText(metadata?.['name']) ?? '',
    node: foreignText(spec?.['nodeName']),
    phase: foreignText(foreign(item?.['status'])?.['phase']),
    daemon: foreignObjects(metadata?.['ownerReferences']).some((owner) => owner['kind'] === 'DaemonSet'),
  };
}
