import type { Phase } from '../../protocol/phase.ts';
import type { Cause } from '../../protocol/why.ts';
import { timingOf } from '../estimate/timing.ts';
import { leftBehind } from '../observed-plan.ts';
import { operationRuns } from '../operation-runs.ts';
import { reachOf } from '../reach.ts';
import { isRunning } from '../running-leaf.ts';
import { usualRange } from '../usual-range.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import type { Answer } from './reason.ts';
import { type Runner, runnerOf } from './runner.ts';
import { span } from './span.ts';
import { told } from './told.ts';

/** How long a leaf is in progress, beside how long such leaves take and where that is known from; running, where it is seen to. */
export function elapsedCause(asked: Asked, leaf: Phase): Cause {
  const { cluster, facts } = asked;
  const began = cluster.passages[leaf.id]?.began ?? leaf.updated;
  const time = timingOf(cluster, facts.now).leaf(leaf.id);
  const usual =
    time === null ? 'how long it takes is not known' : `${from[time.from]} ${usualRange(time, span)}`;
  const isSeen =
    runnerOf(asked, leaf).is !== 'gone' &&
    isRunning(cluster, leaf, { usualMs: time?.p90 ?? 0, now: facts.now });
  const is = isSeen ? 'running' : 'in progress';
  if (began === null) return told(asked, 'plan', `${is}, since when is not known; ${usual}`);
  return told(asked, 'plan', `${is} for ${span(facts.now - Date.parse(began))}; ${usual}`);
}

const from = {
  siblings: 'its siblings took',
  earlier: 'earlier operations took',
  defaults: 'such phases usually take',
} as const;

/** Past what nine of ten take. */
export function isLate({ cluster, facts }: Asked, leaf: Phase): boolean {
  const began = cluster.passages[leaf.id]?.began ?? leaf.updated;
  const time = timingOf(cluster, facts.now).leaf(leaf.id);
  if (time === null || began === null) return false;
  return facts.now - Date.parse(began) > time.p90;
}

/**
 * What to do about a leaf in progress that nobody runs any more: a local one is run again by resume where resume drove
 * it, else it is forced, which is the only way for one of another node (engine-observed 6). Without an update agent
 * there the agent comes first; where gravity was killed with its remote part, a look at that node does.
 */
export function runAgain(asked: Asked, leaf: Phase, runner: Runner): Pick<Answer, 'next' | 'after'> {
  const { cluster, facts } = asked;
  const reach = reachOf(cluster, facts.agents);
  const force = `force it (phase.force --phase ${leaf.id}): what it began is run again`;
  if (reach.isLocal(leaf)) {
    const last = operationRuns(cluster).find(({ lane }) => lane === 'cluster')?.action ?? null;
    if (last === 'operation.resume')
      return {
        next: next.action(
          'resume: a phase of this machine that is in progress is run again',
          'operation.resume',
        ),
        after: null,
      };
  } else if (reach.hasNoAgent(leaf)) {
    return {
      next: next.action(`deploy the update agents: ${leaf.runsOn} has none`, 'agent.deploy'),
      after: force,
    };
  } else if (runner.ended?.how === 'killed') return lookFirst(asked, leaf);
  return { next: next.action(force, 'phase.force', { phase: leaf.id }), after: 'step on, or resume' };
}

/** Where it is not certain that nobody is at it: look first. */
export function lookFirst(asked: Asked, leaf: Phase): Pick<Answer, 'next' | 'after'> {
  const on = leaf.runsOn ?? asked.cluster.place.node ?? 'this machine';
  return {
    next: next.hand(
      `on ${on}, check that no gravity works on it; while one does, wait`,
      'systemctl status gravity-resume.service gravity-agent.service',
      "pgrep -af 'gravity.*(plan|resume|rollback|upgrade)'",
      `${gravityPath(asked.cluster)} plan`,
    ),
    after: `if none does, force it (it runs again): phase.force --phase ${leaf.id}; or roll it back: phase.rollback --phase ${leaf.id}`,
  };
}

/** What gravity makes of a leaf that it left in progress on another node (nodes-facts 5.2, 5.3). */
function leftThere(asked: Asked, leaf: Phase, { ended }: Runner): Cause[] {
  if (ended?.how !== 'killed' || reachOf(asked.cluster, asked.facts.agents).isLocal(leaf)) return [];
  const text = 'gravity refuses to run it again without --force, in a resume too; it accepts rolling it back';
  return [told(asked, 'gravity', text)];
}

/** The answer about a leaf in progress, from who is known to be at it. */
export function aboutProgress(asked: Asked, leaf: Phase): Pick<Answer, 'causes' | 'next' | 'after'> {
  const runner = runnerOf(asked, leaf);
  const { is } = runner;
  const causes = [elapsedCause(asked, leaf), ...runner.causes, ...leftThere(asked, leaf, runner)];
  if (is === 'gone') return { causes, ...runAgain(asked, leaf, runner) };
  const isLeft = leftBehind(asked.cluster, leaf) !== null;
  if (is === 'unseen' && (isLeft || isLate(asked, leaf))) return { causes, ...lookFirst(asked, leaf) };
  const text = is === 'here' ? 'wait: it is running' : 'wait until its usual time is over';
  const after =
    is === 'here' ? null : `if it is still in progress then, press w again: nobody may be running ${leaf.id}`;
  return { causes, next: next.wait(text), after };
}
