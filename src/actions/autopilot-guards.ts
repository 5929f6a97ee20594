import { ageOf } from '../model/age.ts';
import { nextLeaf } from '../model/next-leaf.ts';
import { isFinal } from '../protocol/run.ts';
import { type Guard, inOrder, refuse } from './guard.ts';
import { drives } from './operation-guards.ts';
import { canStep } from './phase-guards.ts';
import { progresses, progressRefusal } from './progress.ts';

/** A leaf that changed this short (ms) ago without us: whoever did it may be about to go on. */
const lately = 15_000;

const isNotStale: Guard<unknown> = ({ sources: { plan } }, _args, { now }) => {
  if (plan.state !== 'failing' && !ageOf(plan, now).stale) return null;
  const since = plan.lastGood ?? 'the beginning';
  return refuse(
    `the plan could not be read since ${since}`,
    'wait for a reading: see gravity-console doctor',
  );
};

const nothingElseRuns: Guard<unknown> = ({ runs }) => {
  const other = runs.find(({ lane, state }) => lane === 'cluster' && !isFinal(state));
  if (!other) return null;
  return refuse(`${other.label} of ${other.by.user} is on (run ${other.id})`, 'wait until it ends');
};

const nobodyElseDrives: Guard<unknown> = (cluster, _args, facts) => {
  const leaves = cluster.plan?.phases.filter(({ leaf }) => leaf) ?? [];
  const [busy] = progresses({ cluster, facts });
  if (busy) return progressRefusal(busy);
  const { now } = facts;
  const news = leaves.find(({ id }) => {
    const passage = cluster.passages[id];
    return passage?.by === null && now - Date.parse(passage.changed) < lately;
  });
  if (!news) return null;
  return refuse(
    `${news.id} changed just now, and no run of this agent did it: another shell, or gravity itself`,
    'wait until nobody else drives',
  );
};

const somethingLeft: Guard<unknown> = ({ plan }) =>
  plan === null || nextLeaf(plan) !== null
    ? null
    : refuse(
        'every leaf is completed: nothing is left to step',
        'complete the operation: operation.complete, then shut the update agents down: agent.shutdown',
      );

/** The next leaf may be stepped by the same rules as by a key; `accepted` words are no arguments of a step. */
const nextMayStep: Guard<unknown> = (cluster, _args, facts) => canStep(cluster, {}, facts);

/** What both arming and letting go on ask: a plan that is driven from here, by nobody else, with a leaf that may run. */
export const mayFly: Guard<unknown> = inOrder<unknown>(
  drives,
  isNotStale,
  somethingLeft,
  nothingElseRuns,
  nobodyElseDrives,
  nextMayStep,
);

export const noneIsArmed: Guard<unknown> = ({ autopilot }) => {
  if (autopilot === null) return null;
  const { state, by } = autopilot;
  return refuse(
    `the autopilot is ${state} already, armed by ${by.user}`,
    state === 'paused'
      ? 'let it go on: autopilot.go-on, or stop it: autopilot.stop'
      : 'stop it: autopilot.stop',
  );
};

export const oneIsArmed: Guard<unknown> = ({ autopilot }) =>
  autopilot === null ? refuse('there is no autopilot', 'arm one: autopilot.arm') : null;

/** Let go on is what holds. */
export const isHolding: Guard<unknown> = ({ autopilot }) => {
  if (autopilot === null || autopilot.state === 'paused') return null;
  const phase = autopilot.phase ?? 'the leaf under way';
  return autopilot.state === 'pausing'
    ? refuse(`the autopilot does not hold yet: ${phase} goes on`, 'wait until it holds')
    : refuse('the autopilot goes on already', 'pause it first: autopilot.pause');
};

export const isNotHolding: Guard<unknown> = ({ autopilot }) =>
  autopilot === null || autopilot.state === 'armed'
    ? null
    : refuse(`the autopilot is ${autopilot.state} already`, 'let it go on: autopilot.go-on');
