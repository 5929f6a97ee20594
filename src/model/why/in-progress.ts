import type { Phase } from '../../protocol/phase.ts';
import type { Cause } from '../../protocol/why.ts';
import { timingOf } from '../estimate/timing.ts';
import { operationRuns } from '../operation-runs.ts';
import { reachOf } from '../reach.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import type { Answer } from './reason.ts';
import { runnerOf } from './runner.ts';
import { span } from './span.ts';
import { told } from './told.ts';

/** How long a leaf is in progress, beside how long such leaves take and where that is known from. */
export function elapsedCause(asked: Asked, leaf: Phase): Cause {
  const { cluster, facts } = asked;
  const began = cluster.passages[leaf.id]?.began ?? leaf.updated;
  const time = timingOf(cluster, facts.now).leaf(leaf.id);
  const usual =
    time === null
      ? 'how long it takes is not known'
      : `${from[time.from]} ${span(time.p50)} (p90 ${span(time.p90)})`;
  if (began === null) return told(asked, 'plan', `in progress, since when is not known; ${usual}`);
  return told(asked, 'plan', `in progress for ${span(facts.now - Date.parse(began))}; ${usual}`);
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
 * there the agent comes first.
 */
export function runAgain(asked: Asked, leaf: Phase): Pick<Answer, 'next' | 'after'> {
  const { cluster, facts } = asked;
  const reach = reachOf(cluster, facts.agents);
  const force = `force it (phase.force --phase ${leaf.id}): what it began is run again`;
  if (reach.isLocal(leaf)) {
    const last = operationRuns(cluster).find(({ lane }) => lane === 'cluster')?.action ?? null;
    if (last === 'operation.resume')
      return {
        next: next.action(
          'resume: a leaf of this machine that is in progress is run again',
          'operation.resume',
        ),
        after: null,
      };
  } else if (reach.hasNoAgent(leaf)) {
    return {
      next: next.action(`deploy the update agents: ${leaf.runsOn} has none`, 'agent.deploy'),
      after: force,
    };
  }
  return { next: next.action(force, 'phase.force', { phase: leaf.id }), after: 'step on, or resume' };
}

/** Where it is not certain that nobody is at it: look first. */
export function lookFirst(asked: Asked, leaf: Phase): Pick<Answer, 'next' | 'after'> {
  const on = leaf.runsOn ?? asked.cluster.place.node ?? 'this machine';
  return {
    next: next.hand(
      `on ${on}, look whether a gravity is at it; while there is one, wait`,
      'systemctl status gravity-resume.service gravity-agent.service',
      "pgrep -af 'gravity.*(plan|resume|rollback|upgrade)'",
      `${gravityPath(asked.cluster)} plan`,
    ),
    after: `if there is none, force it: phase.force --phase ${leaf.id}; what it began is run again`,
  };
}

/** The answer about a leaf in progress, from who is known to be at it. */
export function aboutProgress(asked: Asked, leaf: Phase): Pick<Answer, 'causes' | 'next' | 'after'> {
  const { is, causes } = runnerOf(asked, leaf);
  const told = [elapsedCause(asked, leaf), ...causes];
  if (is === 'gone') return { causes: told, ...runAgain(asked, leaf) };
  if (is === 'unseen' && isLate(asked, leaf)) return { causes: told, ...lookFirst(asked, leaf) };
  const text =
    is === 'here' ? 'wait: it is being run' : 'wait until its usual time is over: somebody may be at it';
  const after =
    is === 'here' ? null : `if it is still in progress then, ask again: ${leaf.id} may have nobody left`;
  return { causes: told, next: next.wait(text), after };
}
