import { type Foreign, foreign, foreignName } from '../../protocol/foreign.ts';
import type { DisruptionBudget } from '../../protocol/kubernetes.ts';
import { type Reading, read } from '../../protocol/problem.ts';
import { kubectlItems } from './kubectl-items.ts';
import { labelSelector } from './label-selector.ts';

/** `kubectl get pdb --all-namespaces -o json` as `gravity exec` prints it. */
export function readDisruptionBudgets(text: string): Reading<DisruptionBudget[]> {
  const items = kubectlItems(text, 'the list of disruption budgets');
  return items.ok ? read(items.value.map(toBudget)) : items;
}

function toBudget(item: Foreign): DisruptionBudget {
  const metadata = foreign(item['metadata']);
  const status = foreign(item['status']);
  const count = (name: string): number | null => {
    const value = status?.[name];
    return typeof value === 'number' ? value : null;
  };
  return {
    namespace: foreignName(metadata?.['namespace']) ?? 'default',
    name: foreignName(metadata?.['name']) ?? '',
    disruptionsAllowed: count('disruptionsAllowed'),
    healthy: count('currentHealthy'),
    wanted: count('desiredHealthy'),
    expected: count('expectedPods'),
    selector: labelSelector(foreign(item['spec'])?.['selector'], item['apiVersion']),
  };
}
