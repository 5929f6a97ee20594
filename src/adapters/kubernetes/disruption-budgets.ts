import { type Foreign, foreign, foreignName } from '../../protocol/foreign.ts';
import { type Reading, read } from '../../protocol/problem.ts';
import { kubectlItems } from './kubectl-items.ts';

/** A disruption budget; with none allowed a drain waits for as long as it may. Null where its status is not there yet. */
export type DisruptionBudget = { namespace: string; name: string; disruptionsAllowed: number | null };

/** `kubectl get pdb --all-namespaces -o json` as `gravity exec` prints it. */
export function readDisruptionBudgets(text: string): Reading<DisruptionBudget[]> {
  const items = kubectlItems(text, 'the list of disruption budgets');
  return items.ok ? read(items.value.map(toBudget)) : items;
}

function toBudget(item: Foreign): DisruptionBudget {
  const metadata = foreign(item['metadata']);
  const allowed = foreign(item['status'])?.['disruptionsAllowed'];
  return {
    namespace: foreignName(metadata?.['namespace']) ?? 'default',
    name: foreignName(metadata?.['name']) ?? '',
    disruptionsAllowed: typeof allowed === 'number' ? allowed : null,
  };
}
