import type { Asked } from './asked.ts';
import { aboutProgress, elapsedCause, isLate } from './in-progress.ts';
import { type KnownPhase, knownPhase } from './known.ts';
import { next } from './next.ts';
import type { Answer, Reason } from './reason.ts';
import { runnerOf } from './runner.ts';

function inProgress(asked: Asked): KnownPhase | null {
  const known = asked.question.refusal === null ? knownPhase(asked) : null;
  return known?.phase.leaf && known.phase.state === 'in_progress' ? known : null;
}

/** Nobody runs it any more: the process, the agent or the machine is gone (engine.md 10; recordings story/61, 70 to 72). */
const lost: Reason = row('progress.lost', (asked, { phase }) =>
  runnerOf(asked, phase).is === 'gone' ? aboutProgress(asked, phase) : null,
);

/** Somebody runs it, and it takes longer than nine of ten. */
const slow: Reason = row('progress.slow', (asked, { phase }) => {
  const { is, causes } = runnerOf(asked, phase);
  if (is !== 'here' || !isLate(asked, phase)) return null;
  return {
    causes: [elapsedCause(asked, phase), ...causes],
    next: next.wait('wait, and read its output: it is run, and only slow'),
    after: 'if nothing moves for long, interrupt its run: run.interrupt; then ask again',
  };
});

/** Late, and nobody known runs it. */
const unseen: Reason = row('progress.unseen', (asked, { phase }) =>
  runnerOf(asked, phase).is === 'unseen' && isLate(asked, phase) ? aboutProgress(asked, phase) : null,
);

const running: Reason = row('progress.running', (asked, { phase }) => aboutProgress(asked, phase));

function row(
  id: string,
  answer: (asked: Asked, known: KnownPhase) => Omit<Answer, 'question'> | null,
): Reason {
  return {
    id,
    explain(asked) {
      const known = inProgress(asked);
      const found = known === null ? null : answer(asked, known);
      return found && { question: `Why is ${asked.question.phase} not moving?`, ...found };
    },
  };
}

export const progressReasons: readonly Reason[] = [lost, slow, unseen, running];
