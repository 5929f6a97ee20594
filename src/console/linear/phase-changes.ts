import { countLeaves } from '../../model/counts.ts';
import { knownPlan } from '../../model/observed-plan.ts';
import type { Phase } from '../../protocol/phase.ts';
import type { Scene } from '../scene.ts';

/** Every leaf whose state changed, with its error; of a plan never seen before how much of it there is. */
export function phaseChanges(before: Scene, after: Scene): string[] {
  const was = before.cluster.plan;
  const is = knownPlan(after.cluster);
  if (before.tree === after.tree || is === null) return [];
  if (was?.operation.id !== is.operation.id) {
    const { leaves, completed, failed } = countLeaves(is.phases);
    return [
      `plan of ${is.operation.id?.slice(0, 8) ?? 'an operation'}: ${completed} of ${leaves} leaves completed, ${failed} failed`,
    ];
  }
  return is.phases.flatMap((phase) => {
    const earlier = before.tree.byId.get(phase.id)?.phase;
    return phase.leaf && earlier !== undefined ? phaseLine(earlier, phase, whose(phase.id, after)) : [];
  });
}

/** What none of our runs did is said to be somebody else's; where nobody saw whose it was, nothing. */
function whose(phase: string, { cluster }: Scene): string {
  return cluster.passages[phase]?.by === null ? ', not from here: by another shell or gravity itself' : '';
}

function phaseLine(was: Phase, is: Phase, doer: string): string[] {
  if (was.state === is.state && (is.error === null || was.error === is.error)) return [];
  const again = was.state === is.state ? ' again' : '';
  const error = is.state === 'failed' && is.error !== null ? `: ${is.error}` : '';
  return [`phase ${is.id} ${is.state.replaceAll('_', ' ')}${again}${doer}${error}`];
}
