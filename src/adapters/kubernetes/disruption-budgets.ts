import { foreign, foreignObjects, foreignText } from '../../protocol/foreign.ts';
import { jsonDocument } from '../../protocol/json-document.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';

/** A disruption budget; with none allowed a drain waits for as long as it may. Null where its status is not there yet. */
export type DisruptionBudget = { namespace: string; name: string; disruptionsAllowed: number | null };

/** `kubectl get pdb --all-namespaces -o json` as `gravity exec` prints it. */
export function readDisruptionBudgets(text: string): Reading<DisruptionBudget[]> {
  const document = jsonDocument(text, 'the list of disruption budgets');
  if (!document.ok) return document;
  const items = foreign(document.value)?.['items'];
  if (!Array.isArray(items))
    return unread('answer.wrong-shape', 'the list of disruption budgets has no items');
  return read(
    foreignObjects(items).map((item) => {
      const metadata = foreign(item['metadata']);
      const allowed = foreign(item['status'])?.['disruptionsAllowed'];
      return {
        namespace: foreignText(metadata?.['namespace']) ?? 'default',
        name: foreignText(metadata?.['name']) ?? '',
        disruptionsAllowed: typeof allowed === 'number' ? allowed : null,
      };
    }),
  );
}
