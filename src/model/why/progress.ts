import { leftBehind } from '../observed-plan.ts';
import type { Asked } from './asked.ts';
import { adviceOf } from './failure-advice.ts';
import { aboutProgress, elapsedCause, isLate, runAgain } from './in-progress.ts';
import { type KnownPhase, knownPhase } from './known.ts';
import { next } from './next.ts';
import type { Answer, Reason } from './reason.ts';
import { runnerOf } from './runner.ts';

function inProgress(asked: Asked): KnownPhase | null {
  const known = asked.question.refusal === null ? knownPhase(asked) : null;
  return known?.phase.leaf && known.phase.state === 'in_progress' ? known : null;
}

/** Gravity ended with an error after the phase had begun, and left it in progress: its post-check failed (nodes-facts 9.2). */
const unchecked: Reason = row('progress.check-failed', (asked, { phase }) => {
  const runner = runnerOf(asked, phase);
  const { ended } = runner;
  const sentence = ended?.run.sentence ?? '';
  if (ended?.how !== 'failed' || sentence === '' || /signal: killed/.test(sentence)) return null;
  const advice = adviceOf(asked, phase, sentence);
  const again = runAgain(asked, phase, runner);
  return {
    question: `Why is ${phase.id} still in progress?`,
    causes: [elapsedCause(asked, phase), ...runner.causes, ...advice.causes],
    next: advice.next,
    after: `then ${again.next.text}${again.next.action === 'phase.force' ? '' : `: ${again.next.action}`}`,
  };
});

/** Nobody runs it any more: the process, the agent or the machine is gone (engine.md 10; nodes-facts 5, story/70 to 72). */
const lost: Reason = row('progress.lost', (asked, { phase }) =>
  runnerOf(asked, phase).is === 'gone'
    ? { question: `Why is ${phase.id} still in progress?`, ...aboutProgress(asked, phase) }
    : null,
);

/** Somebody runs it, and it takes longer than nine of ten. */
const slow: Reason = row('progress.slow', (asked, { phase }) => {
  const { is, causes } = runnerOf(asked, phase);
  if (is !== 'here' || !isLate(asked, phase)) return null;
  return {
    question: `Why does ${phase.id} take so long?`,
    causes: [elapsedCause(asked, phase), ...causes],
    next: next.wait('wait, and read its output: it is running, only slowly'),
    after: 'if nothing moves for long, interrupt its run: run.interrupt; then press w again',
  };
});

/** Late or left behind, and nobody known runs it. */
const unseen: Reason = row('progress.unseen', (asked, { phase }) => {
  const isLeft = leftBehind(asked.cluster, phase) !== null;
  if (runnerOf(asked, phase).is !== 'unseen' || !(isLeft || isLate(asked, phase))) return null;
  return { question: `Why is ${phase.id} still in progress?`, ...aboutProgress(asked, phase) };
});

/** Within its usual time nothing is wrong: it is said what it does, for whom, and for how long. */
const running: Reason = row('progress.running', (asked, { phase }) => ({
  question: `What is ${phase.id} doing?`,
  ...aboutProgress(asked, phase),
}));

function row(id: string, answer: (asked: Asked, known: KnownPhase) => Answer | null): Reason {
  return {
    id,
    explain(asked) {
      const known = inProgress(asked);
      return known === null ? null : answer(asked, known);
    },
  };
}

export const progressReasons: readonly Reason[] = [unchecked, lost, slow, unseen, running];
