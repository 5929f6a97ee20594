import type { Pod } from '../../protocol/kubernetes.ts';
import type { Phase } from '../../protocol/phase.ts';
import type { Cause } from '../../protocol/why.ts';
import { budgetSelects } from '../budget-selects.ts';
import { type HeldPod, heldPods } from '../held-pods.ts';
import { isNameless } from './any-failure.ts';
import type { Asked } from './asked.ts';
import { failedCause } from './failed-cause.ts';
import { gravityPath } from './gravity-path.ts';
import { elapsedCause } from './in-progress.ts';
import { knownPhase } from './known.ts';
import { next } from './next.ts';
import type { Answer, Reason } from './reason.ts';
import { runnerOf } from './runner.ts';
import { told } from './told.ts';

const drains: ReadonlySet<string> = new Set(['drain_node', 'drain']);

/** Gravity's and kubectl's own words about a pod that may not go (operations.md 2.3; kubectl’s drain). */
const evicting =
  /error (?:when )?evicting pods?[ /"]+([\w.-]+(?:\/[\w.-]+)?)|[Cc]annot evict pod as it would violate|disruption budget|Too Many Requests|\b429\b/;

/** A drain held by pods that a disruption budget does not let go: in progress or failed (engine.md 10: drain hangs). */
export const drainReason: Reason = {
  id: 'drain.held',
  explain(asked) {
    const phase = knownPhase(asked)?.phase;
    if (phase === undefined || !drains.has(phase.kind) || asked.question.refusal !== null) return null;
    if (phase.state !== 'in_progress' && phase.state !== 'failed') return null;
    const held = heldPods(asked.facts.pods ?? [], asked.facts.budgets ?? []);
    const lines = evictions(asked, phase);
    const isFailed = phase.state === 'failed';
    // The plan keeps the innermost error of a drain only: "context deadline exceeded".
    const isTold =
      lines.length > 0 || evicting.test(phase.error ?? '') || (isFailed && isNameless(phase.error));
    if (!isTold && isFailed) return null;
    // A budget that is tight for a moment holds nobody yet: gravity says so, or the drain is late.
    if (!isTold && (held.length === 0 || runnerOf(asked, phase).is === 'gone')) return null;
    return answer(asked, phase, { held, lines });
  },
};

type Seen = { held: readonly HeldPod[]; lines: readonly string[] };

function answer(asked: Asked, phase: Phase, seen: Seen): Answer {
  const failed = phase.state === 'failed';
  const first: Cause = failed ? failedCause(asked, phase) : elapsedCause(asked, phase);
  const causes = [first, ...lineCauses(asked, seen.lines), ...podCauses(asked, seen.held)];
  const question = failed ? `Why did ${phase.id} fail?` : `Why is ${phase.id} not moving?`;
  const [held] = seen.held;
  if (held === undefined && failed && asked.facts.budgets !== null)
    return {
      question,
      causes,
      next: next.action('retry: no budget keeps a pod on the node any longer', 'operation.step', {
        phase: phase.id,
      }),
      after: null,
    };
  if (held === undefined && asked.facts.budgets !== null)
    return {
      question,
      causes,
      next: next.wait('wait: no budget keeps a pod on the node any longer'),
      after: null,
    };
  return {
    question,
    causes,
    next: next.hand(repairText(held), ...repairCommands(asked, held)),
    after: failed
      ? `then retry: operation.step --phase ${phase.id}`
      : 'then nothing: the drain continues by itself',
  };
}

/** The lines of the run that tell of an eviction refused, newest last. */
function evictions({ facts }: Asked, phase: Phase): string[] {
  const lines = facts.output?.lines ?? [];
  const begun = lines.findLastIndex((line) => line.includes(`"${phase.id}"`) && !/^\s*Still /.test(line));
  return lines.slice(Math.max(0, begun)).filter((line) => evicting.test(line));
}

function lineCauses({ facts }: Asked, lines: readonly string[]): Cause[] {
  const last = lines.at(-1);
  if (last === undefined) return [];
  const times = lines.length === 1 ? '' : ` (${lines.length} times)`;
  return [{ text: `${last.trim()}${times}`, source: 'run', at: facts.output?.at ?? null }];
}

function podCauses(asked: Asked, held: readonly HeldPod[]): Cause[] {
  if (asked.facts.pods === null || asked.facts.budgets === null)
    return [
      told(asked, 'kubernetes', 'unknown which pods and budgets hold it: the cluster’s API gave no answer'),
    ];
  if (held.length === 0)
    return [told(asked, 'kubernetes', 'no disruption budget holds a pod of the node now')];
  return held.slice(0, 3).flatMap((each) => [budgetCause(asked, each), ...peerCauses(asked, each)]);
}

function budgetCause(asked: Asked, { pod, budget }: HeldPod): Cause {
  const ready = `${budget.healthy ?? 'unknown'} of ${budget.expected ?? 'unknown'} pods ready, ${budget.wanted ?? 'unknown'} needed`;
  return told(
    asked,
    'kubernetes',
    `disruption budget ${budget.namespace}/${budget.name} allows 0 disruptions (${ready}): it keeps pod ${pod.namespace}/${pod.name}`,
  );
}

/** Its other replicas, where one of them is not well: that is why the budget is tight. */
function peerCauses(asked: Asked, { pod, budget }: HeldPod): Cause[] {
  if (asked.facts.peers === null) return [];
  const others = asked.facts.peers.filter((each) => each.name !== pod.name && budgetSelects(budget, each));
  if (others.length === 0) return [told(asked, 'kubernetes', `pod ${pod.name} has no other replica`)];
  return others
    .filter(({ ready }) => ready !== true)
    .slice(0, 2)
    .map((each) => told(asked, 'kubernetes', notWell(each)));
}

function notWell({ namespace, name, phase, waits }: Pod): string {
  return `its other replica ${namespace}/${name} is ${phase ?? 'unknown'}${waits === null ? ', not ready' : `: ${waits}`}`;
}

function repairText(held: HeldPod | undefined): string {
  if (held === undefined)
    return 'find the pod that cannot go: scale its owner up, or delete it if its data allows that';
  const { pod } = held;
  const owner = pod.owner === null ? 'its owner' : `${pod.owner.kind} ${pod.owner.name}`;
  return `make another replica of ${pod.namespace}/${pod.name} ready (scale ${owner}), or delete the pod if its data allows that`;
}

/** Literal commands, through planet: the first looks, the others change something and are the operator's own. */
function repairCommands({ cluster }: Asked, held: HeldPod | undefined): string[] {
  const kubectl = `${gravityPath(cluster)} exec kubectl`;
  if (held === undefined) return [`${kubectl} get poddisruptionbudgets --all-namespaces`];
  const { pod, budget } = held;
  const look = `${kubectl} --namespace=${budget.namespace} describe poddisruptionbudget ${budget.name}`;
  const owner = pod.owner === null || pod.owner.kind === 'DaemonSet' ? null : pod.owner;
  const scale =
    owner === null
      ? []
      : [
          `${kubectl} --namespace=${pod.namespace} scale ${owner.kind.toLowerCase()}/${owner.name} --replicas=${(budget.expected ?? 1) + 1}`,
        ];
  return [look, ...scale, `${kubectl} --namespace=${pod.namespace} delete pod ${pod.name}`];
}
