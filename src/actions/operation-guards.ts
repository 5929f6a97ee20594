import {
  isClosed,
  type MeantOperation,
  meantOperation,
  operationToComplete,
} from '../model/active-operation.ts';
import { drivingBinary } from '../model/driving-binary.ts';
import { operationName } from '../model/operation-name.ts';
import { standing } from '../model/place.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { isFinal } from '../protocol/run.ts';
import { type Guard, inOrder, refuse } from './guard.ts';
import type { Refusal } from './row.ts';

/** There is a plan to work on. */
export const planIsThere: Guard<unknown> = (cluster) => {
  if (cluster.plan !== null) return null;
  const problem = cluster.sources.plan.problem;
  if (problem === null) return refuse('the plan has not been read yet', 'wait for its first reading');
  if (problem.code === 'gravity.no-operation') {
    return refuse('no active operation found: the cluster has no operation plan', 'start an operation first');
  }
  return refuse(`the plan cannot be read: ${problem.sentence}`, problem.nextStep);
};

/** The operation is not completed: gravity's `no active operation found` (recordings story/37 to 41). */
export const operationIsOpen: Guard<unknown> = (cluster) => isOpen(meantOperation(cluster));

/** The same of the operation `complete` closes. */
export const completionIsOpen: Guard<unknown> = (cluster) => isOpen(operationToComplete(cluster));

function isOpen(operation: MeantOperation | null): Refusal | null {
  if (operation === null) return refuse('no active operation found', 'there is nothing to do');
  if (!isClosed(operation)) return null;
  const name = `${operationName(operation.type)} ${operation.id ?? ''}`.trim();
  return refuse(`no active operation found: the ${name} is completed`, 'there is nothing left to do');
}

/**
 * Only the lead master drives: gravity refuses resume elsewhere, and states would be kept in the wrong database. But for a
 * phase that runs on the agent's own node: that is how gravity has it repaired where its update agent cannot be reached.
 */
export const fromTheLead: Guard<unknown> = (cluster, args) => {
  const { here, lead, isLead } = standing(cluster);
  if (isLead !== false || lead === null || runsHere(cluster, args)) return null;
  return refuse(
    `Plan must be resumed on node ${lead.hostname}/${lead.ip}: this is ${here ?? cluster.place.ip}`,
    `go there: log in on ${lead.hostname} and run gravity-console`,
  );
};

function runsHere(cluster: Cluster, args: unknown): boolean {
  const named = typeof args === 'object' && args !== null && 'phase' in args ? args.phase : null;
  const leaf = cluster.plan?.phases.find(({ id, leaf: isLeaf }) => isLeaf && id === named);
  return leaf !== undefined && leaf.runsOn !== null && leaf.runsOn === standing(cluster).here;
}

/** Some gravity can be run. */
export const someBinary: Guard<unknown> = (cluster) => {
  if (drivingBinary(cluster).binary !== null) return null;
  const [broken] = cluster.binaries;
  if (broken?.problem) return refuse(broken.problem.sentence, broken.problem.nextStep);
  return refuse('no gravity binary was found', 'start the agent with --gravity PATH');
};

/**
 * The gravity of the version the plan names: execute, rollback and resume refuse any other, complete and the reading
 * commands do not (client-facts 14).
 */
export const planBinary: Guard<unknown> = inOrder(someBinary, (cluster) => {
  const { binary, fits } = drivingBinary(cluster);
  if (fits || binary === null) return null;
  const wanted = cluster.plan?.operation.gravityVersion;
  return refuse(
    `the plan must be driven with gravity ${wanted}, and ${binary.path} is ${binary.version}`,
    `start the agent with --gravity PATH of gravity ${wanted}: the one in the unpacked image, or under /var/lib/gravity/site/update`,
  );
});

/** No other whole-plan run: gravity's only real exclusion is the unit of resume (engine-observed 6). */
export const notResuming: Guard<unknown> = (cluster) => {
  const running = cluster.runs.find((run) => run.action === 'operation.resume' && !isFinal(run.state));
  if (!running) return null;
  return refuse(
    `the operation is being resumed already (run ${running.id}): service gravity-resume.service is already running`,
    'watch that run, or interrupt it',
  );
};

/** What every command that drives an operation asks first, in gravity's order. */
export const drives = inOrder<unknown>(planIsThere, operationIsOpen, fromTheLead, planBinary);
