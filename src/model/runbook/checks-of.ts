import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { kubernetesName } from '../kubernetes-name.ts';
import { type CheckId, type PhaseCheck, phaseChecks } from '../phase-checks.ts';
import { phaseKind } from '../phase-kinds.ts';

/**
 * A check as it stands for one phase. `argv` are the words after `gravity`; null where one of them cannot be known, and
 * then `refusal` says why. `mind` warns where what it looks at is not the node the phase is about.
 */
export type OfferedCheck = {
  id: CheckId;
  label: string;
  tells: string;
  argv: readonly string[] | null;
  refusal: string | null;
  mind: string | null;
};

/** The checks of a phase of the cluster's plan, in the order of its kind. */
export function checksOf(cluster: Cluster, phase: Pick<Phase, 'kind' | 'node'>): OfferedCheck[] {
  return phaseKind(phase.kind).checks.map((id) => offered(cluster, phase.node, id));
}

/** The checks of a kind, about no phase: NODE stays for the operator to put in. */
export function checksOfKind(kind: string): OfferedCheck[] {
  return phaseKind(kind).checks.map((id) => {
    const { label, tells, words }: PhaseCheck = phaseChecks[id];
    return { id, label, tells, argv: words, refusal: null, mind: null };
  });
}

function offered(cluster: Cluster, node: string | null, id: CheckId): OfferedCheck {
  const { label, tells, words, sees }: PhaseCheck = phaseChecks[id];
  const about = { id, label, tells };
  if (node === null && words.some((word) => word.endsWith('=NODE')))
    return {
      ...about,
      argv: null,
      refusal: 'the plan does not say which node this phase is about',
      mind: null,
    };
  const name = node === null ? 'NODE' : kubernetesName(cluster, node);
  const argv = words.map((word) => word.replace(/=NODE$/, `=${name}`));
  return { ...about, argv, refusal: null, mind: sees === 'this node' ? elsewhere(cluster, node) : null };
}

/** What runs in planet runs in that of the agent's machine, wherever the phase's node is. */
function elsewhere({ place }: Cluster, node: string | null): string | null {
  if (node === null || place.node === node) return null;
  return place.node === null
    ? `it looks at the machine the agent is on, which may not be ${node}`
    : `it looks at ${place.node}, where the agent is, not at ${node}`;
}
