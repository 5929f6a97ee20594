import type { States } from '../phase-state.ts';
import type { PhaseTree } from '../phase-tree.ts';

/**
 * The red lines under the text and short plan about the first failed leaf in plan order
 * (recordings/story/07-plan-text-failed); nothing when none failed.
 */
export function failureFooter(tree: PhaseTree, states: States): string {
  const failed = tree.leaves.find(({ id }) => states.get(id)?.state === 'failed');
  if (failed === undefined) return '';
  const message = states.get(failed.id)?.error?.error?.message;
  const head = `The ${failed.id} phase (${JSON.stringify(failed.description ?? '')}) has failed`;
  const rest = message === undefined ? '' : `\u001b[31m\n\t${message}\n\u001b[0m`;
  return `\u001b[31m${head}\u001b[0m${rest}`;
}
