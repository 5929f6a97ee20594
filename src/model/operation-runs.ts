import type { Cluster } from '../protocol/cluster.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { ranLeaf } from './runs-leaf.ts';

/** The runs of the plan's operation, newest first. Phases have the same ids in every upgrade, so an earlier run tells nothing of them. */
export function operationRuns({ runs, plan }: Pick<Cluster, 'runs' | 'plan'>): Run[] {
  const operation = plan?.operation.id ?? null;
  return runs.filter(({ operationId }) => operationId === operation);
}

type Known = Pick<Cluster, 'runs' | 'plan' | 'passages' | 'observed'>;

/**
 * The newest run of this operation that is known to have worked on a phase: it names the phase, its error does, it made
 * the last change, or the phase was observed in its output. A run of a whole plan or group may have ended before it came
 * to the phase, so such a run counts only where no other is known.
 */
export function runOfPhase(cluster: Known, phase: string): Run | null {
  const own = operationRuns(cluster);
  const known = own.find((run) => workedOn(cluster, run, phase));
  return known ?? own.find((run) => ranLeaf(run, phase)) ?? null;
}

function workedOn({ passages, observed }: Known, run: Run, phase: string): boolean {
  if (run.lane !== 'cluster') return false;
  const named = run.steps.slice(0, run.step + 1).some((step) => step.phase === phase);
  const failedThere = ranLeaf(run, phase) && isFinal(run.state) && namesPhase(run.sentence, phase);
  return named || failedThere || passages[phase]?.by === run.id || observed[phase]?.run === run.id;
}

/** Whether a sentence names this very phase, not only one whose id it begins. */
export function namesPhase(sentence: string | null, phase: string): boolean {
  const after = sentence?.split(phase).slice(1) ?? [];
  return after.some((rest) => !/^(?:\.?\w|[/-])/.test(rest));
}
