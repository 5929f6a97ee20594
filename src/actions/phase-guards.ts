import { type Stop, walkExecution } from '../model/execution-walk.ts';
import { nextLeaf } from '../model/next-leaf.ts';
import { indexPlan, type PlanIndex } from '../model/phase-tree.ts';
import { reachOf } from '../model/reach.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Phase } from '../protocol/phase.ts';
import { type Guard, refuse } from './guard.ts';
import { progresses, progressRefusal } from './progress.ts';
import type { Facts, Refusal } from './row.ts';

type PhaseArgs = { phase: string };

/** What a rule about one phase is told. */
export type PhaseKnown = { cluster: Cluster; index: PlanIndex; phase: Phase; facts: Facts };

/** The rules of one phase need a plan; `drives` has spoken before where there is none. */
export function aboutPhase(rule: (known: PhaseKnown) => Refusal | null): Guard<PhaseArgs> {
  return (cluster, args, facts) => {
    if (cluster.plan === null) return null;
    const index = indexPlan(cluster.plan);
    const phase = index.byId.get(args.phase);
    if (phase) return rule({ cluster, index, phase, facts });
    const nextStep =
      args.phase === '/'
        ? 'for the whole plan there are operation.resume and operation.rollback'
        : 'give the id exactly as the plan shows it, from the first slash on';
    return refuse(`phase "${args.phase}" not found`, nextStep);
  };
}

/** `plan execute --phase=X` (engine-observed 2): refused only where nothing at all would run. */
export const canExecute = aboutPhase(({ cluster, index, phase, facts }) => {
  if (phase.state === 'completed') return alreadyCompleted(phase);
  const reach = reachOf(cluster, facts.agents);
  const { leaves, stop } = walkExecution(index, [phase], { ...reach, resume: false });
  return stop && leaves.length === 0 ? stopRefusal({ cluster, index, facts }, stop) : null;
});

/** Gravity would exit 0 and print nothing: an operator who confirmed a card would think that something ran. */
function alreadyCompleted(phase: Phase): Refusal {
  return refuse(
    `phase "${phase.id}" is already completed: nothing would run`,
    'select a phase that is not completed',
  );
}

/** Step runs one leaf: the selected one, or the next that is not completed. */
export const canStep: Guard<{ phase?: string | undefined }> = (cluster, args, facts) => {
  if (cluster.plan === null) return null;
  const phase = args.phase ?? nextLeaf(cluster.plan)?.id;
  if (phase === undefined) {
    return refuse(
      'every leaf is completed: nothing is left to step',
      'complete the operation: operation.complete',
    );
  }
  const selected = cluster.plan.phases.find((each) => each.id === phase);
  if (selected && !selected.leaf) {
    return refuse(`"${phase}" is a group: a step runs one leaf`, 'execute the group: phase.execute');
  }
  return canExecute(cluster, { phase }, facts);
};

/** `--force`, which skips the requirements and the in-progress check of one leaf, and is never given to a group. */
export const canForce = aboutPhase(({ cluster, index, phase, facts }) => {
  if (!phase.leaf) {
    return refuse(
      `cannot use force with composite phase "${phase.id}", please only use --force on a single phase`,
      'force one of its leaves, or execute the group: phase.execute',
    );
  }
  const reach = reachOf(cluster, facts.agents);
  if (phase.runsOn === null || reach.isLocal(phase) || !reach.hasNoAgent(phase)) return null;
  return stopRefusal({ cluster, index, facts }, { phase: phase.id, why: 'no-agent', node: phase.runsOn });
});

/** Why an execution stops: in gravity's words, but where those advise to force what runs. */
export function stopRefusal({ cluster, index, facts }: Omit<PhaseKnown, 'phase'>, stop: Stop): Refusal {
  switch (stop.why) {
    case 'in-progress': {
      const progress = progresses({ cluster, facts }).find(({ phase }) => phase.id === stop.phase);
      return progress === undefined
        ? refuse(`${stop.phase} is in progress`, 'wait until it ends: w says more')
        : progressRefusal(progress);
    }
    case 'requires':
      return refuse(`required phase "${stop.required}" is not completed`, `execute ${stop.required} first`);
    case 'no-agent': {
      const ip = index.plan.servers.find((server) => server.hostname === stop.node)?.ip;
      const node = ip === undefined ? stop.node : `${stop.node}/${ip}`;
      return refuse(
        `no agent is running on node ${node}, please execute phase "${stop.phase}" locally on that node`,
        'deploy the update agents: agent.deploy',
      );
    }
  }
}

/** `plan set`: gravity takes any leaf; of a group it would write a state that is ignored everywhere (engine-observed 1). */
export const canSet = aboutPhase(({ phase }) =>
  phase.leaf
    ? null
    : refuse(
        `"${phase.id}" is a group: its state is computed from its leaves, and a state set on it is ignored`,
        'set its leaves',
      ),
);

/** Something can be written about any phase the plan has. */
export const canNote = aboutPhase(() => null);
