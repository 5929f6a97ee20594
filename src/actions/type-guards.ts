import { isClosed, operationToComplete } from '../model/active-operation.ts';
import { type OperationType, operationType } from '../model/operation-type.ts';
import { type Guard, inOrder, refuse } from './guard.ts';

/**
 * What an operation's type does not support, in gravity's own sentence and before anything else is looked at: of a
 * removal, which has no plan, this is all there is to say. A closed operation is left to the rule that says so.
 */
function supported(
  has: (row: OperationType) => boolean,
  sentence: (type: string, word: string) => string,
): Guard<unknown> {
  return (cluster) => {
    const operation = operationToComplete(cluster);
    if (operation === null || operation.type === null || isClosed(operation)) return null;
    const row = operationType(operation.type);
    return has(row) ? null : refuse(sentence(operation.type, row.word), row.instead);
  };
}

/** Of a type whose phases go through the cluster's API: while that does not answer every one of them is refused. */
const apiAnswers: Guard<unknown> = (cluster) => {
  const type = operationToComplete(cluster)?.type ?? null;
  const { state, problem } = cluster.sources.status;
  const isDown = state === 'failing' && problem?.code === 'gravity.api-unreachable';
  if (!isDown || !operationType(type).needsApi) return null;
  return refuse(
    `the ${operationType(type).name} goes through the cluster's API, which does not answer: ${problem.sentence}`,
    'find out why gravity-site does not answer: gravity status',
  );
};

export const steppedByHand = inOrder<unknown>(
  supported(
    ({ byHand }) => byHand,
    (type) => `operation type "${type}" does not support plan execution`,
  ),
  apiAnswers,
);

export const setByHand = inOrder<unknown>(
  supported(
    ({ byHand }) => byHand,
    (type) => `operation type "${type}" does not support setting phase state`,
  ),
  apiAnswers,
);

export const resumedByHand = inOrder<unknown>(
  supported(
    ({ resumes }) => resumes !== 'no',
    (type) => `operation type "${type}" does not support plan resume`,
  ),
  apiAnswers,
);

/** Phase by phase: engine.md 3.1. */
export const rolledBackByHand = supported(
  ({ rollsBack }) => rollsBack !== 'no',
  (type) => `operation type "${type}" does not support plan rollback`,
);

/** `gravity rollback`: update, environment and configuration only (recording story/a4). */
export const rolledBackWhole = supported(
  ({ rollsBack }) => rollsBack === 'whole',
  (_type, word) => `Operation "${word}" does not support automatic rollback`,
);
