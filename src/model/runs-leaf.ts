import { isFinal, type Run, type Step } from '../protocol/run.ts';

/** Whether the step a run is at runs this leaf: it names the leaf or a group above it, or drives the whole plan. */
export function runsLeaf(run: Run, leaf: string): boolean {
  const step = run.steps[run.step];
  return run.lane === 'cluster' && step !== undefined && covers(step, leaf);
}

/** The same of every step the run has begun so far: what is read of the plan may be one step behind the run. */
export function ranLeaf(run: Run, leaf: string): boolean {
  return run.lane === 'cluster' && run.steps.slice(0, run.step + 1).some((step) => covers(step, leaf));
}

/**
 * Whether a change of this leaf may be a run's doing: of one that is on, also in a step still to come, for its keeper goes
 * from step to step by itself and what is known of it may be a step behind the plan.
 */
export function mayHaveMoved(run: Run, leaf: string): boolean {
  if (isFinal(run.state)) return ranLeaf(run, leaf);
  return run.lane === 'cluster' && run.steps.some((step) => covers(step, leaf));
}

/** What the step of a run that covers this leaf does to it, null when none does. */
export function wayWith(run: Run, leaf: string): 'execute' | 'rollback' | 'set' | null {
  const step = run.steps.find((each) => covers(each, leaf));
  if (step === undefined || run.lane !== 'cluster') return null;
  const words = step.argv.filter((word) => !word.startsWith('-'));
  if (words.includes('rollback')) return 'rollback';
  return words.includes('set') ? 'set' : 'execute';
}

/** Whether a run rolls back what it is about. */
export function rollsBack({ steps }: Run): boolean {
  const [first] = steps;
  return first?.program === 'gravity' && first.argv.some((word) => word === 'rollback');
}

/** The commands that walk the whole plan name no phase (commands.md 3.3). */
const wholePlan: ReadonlySet<string> = new Set(['plan resume', 'rollback', 'resume']);

function covers({ program, phase, argv }: Step, leaf: string): boolean {
  if (phase !== null) return leaf === phase || leaf.startsWith(`${phase}/`);
  if (program !== 'gravity') return false;
  return wholePlan.has(argv.filter((word) => !word.startsWith('-')).join(' '));
}
