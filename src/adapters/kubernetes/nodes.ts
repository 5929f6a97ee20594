import { type Foreign, foreign, foreignName, foreignObjects } from '../../protocol/foreign.ts';
import type { KubernetesNode } from '../../protocol/kubernetes.ts';
import { type Reading, read } from '../../protocol/problem.ts';
import { conditionOf } from './conditions.ts';
import { kubectlItems } from './kubectl-items.ts';

/** `kubectl get nodes -o json` as `gravity exec` prints it. */
export function readNodes(text: string): Reading<KubernetesNode[]> {
  const items = kubectlItems(text, 'the list of nodes');
  return items.ok ? read(items.value.map(toNode)) : items;
}

function toNode(item: Foreign): KubernetesNode {
  const spec = foreign(item['spec']);
  return {
    name: foreignName(foreign(item['metadata'])?.['name']) ?? '',
    cordoned: spec?.['unschedulable'] === true,
    taints: foreignObjects(spec?.['taints']).map(taintText),
    ready: conditionOf(foreign(item['status']), 'Ready').holds,
  };
}

function taintText(taint: Foreign): string {
  const value = foreignName(taint['value']);
  return `${foreignName(taint['key']) ?? ''}${value === null ? '' : `=${value}`}:${foreignName(taint['effect']) ?? ''}`;
}
