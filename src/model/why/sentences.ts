import { isFinal, type Run } from '../../protocol/run.ts';
import type { Cause } from '../../protocol/why.ts';
import { observedOf } from '../observed-plan.ts';
import { namesPhase, operationRuns } from '../operation-runs.ts';
import { ranLeaf } from '../runs-leaf.ts';
import type { Asked } from './asked.ts';
import { failedCause } from './failed-cause.ts';
import { knownPhase } from './known.ts';

/** What was refused or what failed, in the words it was said with, and where and when. */
export type Said = { text: string; cause: Cause };

/**
 * The sentences to explain: the refusal that is asked about and it alone; else what the phase recorded when it failed,
 * and what the newest run of this operation about it ended with, unless the phase moved on since.
 */
export function sentences(asked: Asked): Said[] {
  const { question, facts } = asked;
  if (question.refusal !== null) {
    const at = new Date(facts.now).toISOString();
    return [{ text: question.refusal, cause: { text: question.refusal, source: 'gravity', at } }];
  }
  const phase = knownPhase(asked)?.phase;
  if (phase === undefined || !phase.leaf || phase.state === 'completed' || phase.state === 'in_progress')
    return [];
  // The table knows how phases fail on their way forward, and advises that way.
  if (observedOf(asked.cluster, phase)?.way === 'rollback') return [];
  const ended = endOfRun(asked, phase.id);
  const run: Said[] = ended === null ? [] : [ended];
  if (phase.state !== 'failed' || phase.error === null) return run;
  return [{ text: phase.error, cause: failedCause(asked, phase) }, ...run];
}

/** The newest run about the leaf, where it failed after the leaf last moved. */
function endOfRun({ cluster }: Asked, leaf: string): Said | null {
  const run = operationRuns(cluster).find((each) => isFinal(each.state) && isAbout(each, leaf));
  if (run === undefined || run.state !== 'failed' || run.sentence === null) return null;
  const moved = cluster.passages[leaf]?.changed ?? null;
  if (moved !== null && run.finishedAt !== null && run.finishedAt < moved) return null;
  const text = `the run ${run.id} (${run.label}) ended: ${run.sentence}`;
  return { text: run.sentence, cause: { text, source: 'run', at: run.finishedAt } };
}

/** A run of the whole plan is about a leaf only where its sentence names it. */
function isAbout(run: Run, leaf: string): boolean {
  const single = run.steps.some(({ phase }) => phase === leaf);
  return single || (ranLeaf(run, leaf) && namesPhase(run.sentence, leaf));
}
