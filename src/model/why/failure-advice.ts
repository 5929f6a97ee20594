import type { Phase } from '../../protocol/phase.ts';
import type { CheckId } from '../phase-checks.ts';
import { phaseKind } from '../phase-kinds.ts';
import { checksOf } from '../runbook/checks-of.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import { probeCauses } from './probes.ts';
import type { Answer } from './reason.ts';
import { told } from './told.ts';

/**
 * What to do about a failure, by what tells most about the phase's kind (the first of its checks) and the node it failed
 * on: the plan keeps the innermost error only, and "context deadline exceeded" names nothing (data.md 1.6).
 */
const works: Record<CheckId, (node: string) => string> = {
  pods: () =>
    'find the pod that could not be evicted and the disruption budget that keeps it, and make room for it',
  budgets: () => 'find the disruption budget that allows no eviction, and make room for its pods',
  jobs: () => 'read the log of the hook’s job and fix what it says; hooks run again from their beginning',
  'system-pods': (node) => `find the system pod that is not ready, on ${node} above all, and fix it`,
  endpoints: (node) => `find out why gravity-site and DNS have no ready pod on ${node}`,
  etcd: () => 'make sure that every member of etcd is healthy; a time-out alone passes by itself',
  nodes: (node) => `fix the failing probes of ${node}: planet, kubelet and etcd must be healthy there`,
  status: (node) => `fix the failing probes of ${node}`,
  units: (node) => `on ${node}, find out which unit failed`,
  log: (node) => `on ${node}, read the log of planet`,
  disk: (node) => `on ${node}, check that there is free disk space and that the packages can be reached`,
  agents: (node) => `check that the update agent of ${node} answers`,
  history: (node) => `find out whether the cluster has a leader, and whether ${node} can reach etcd`,
  taints: (node) => `check that the Kubernetes API answers and knows ${node}`,
  events: () => 'look at the events of Kubernetes, and fix what they name',
  plan: (node) => `read the log of gravity on ${node}`,
};

/** Words that name what to look at although the phase is of another kind. */
const named: readonly (readonly [RegExp, CheckId])[] = [
  [/etcdserver:|etcd.*timed? ?out/, 'etcd'],
  [/backoff limit/i, 'jobs'],
];

/** Looked at on the command line: as many as an operator reads. */
const shown = 3;

/** What such a failure of this phase mostly comes from, seen now, and what to do. `error` is gravity's, null where it left none. */
export function adviceOf(asked: Asked, phase: Phase, error: string | null): Pick<Answer, 'causes' | 'next'> {
  const { checks, fails } = phaseKind(phase.kind);
  const subject = named.find(([words]) => words.test(error ?? ''))?.[1] ?? checks[0] ?? 'plan';
  const node = phase.runsOn ?? phase.node ?? asked.cluster.place.node ?? 'this machine';
  const usual =
    fails.length === 0 ? [] : [told(asked, 'agent', `such phases usually fail for: ${fails.join('; ')}`)];
  const gravity = gravityPath(asked.cluster);
  const looks = checksOf(asked.cluster, phase)
    .toSorted((one, other) => Number(other.id === subject) - Number(one.id === subject))
    .flatMap(({ argv }) => (argv === null ? [] : [`${gravity} ${argv.join(' ')}`]));
  return {
    causes: [...probeCauses(asked, node), ...usual],
    next: next.hand(
      works[subject](node),
      ...looks.slice(0, shown),
      'tail -n 100 /var/log/gravity-system.log',
    ),
  };
}
