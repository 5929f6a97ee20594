import type { Cluster } from '../protocol/cluster.ts';
import type { DurationSample } from '../protocol/learned.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';
import { versionStep } from './version-step.ts';

/** What the completed leaves of the plan took, as far as somebody saw both their beginning and their end. */
export function durationSamples({ plan, passages }: Cluster): DurationSample[] {
  if (plan === null) return [];
  return plan.phases.flatMap((leaf) => {
    const { began = null, ended = null } = passages[leaf.id] ?? {};
    if (!leaf.leaf || leaf.state !== 'completed' || began === null || ended === null) return [];
    return [sampleOf(plan, leaf, Date.parse(ended) - Date.parse(began))];
  });
}

function sampleOf(plan: Plan, leaf: Phase, ms: number): DurationSample {
  return {
    operation: plan.operation.id,
    phase: leaf.id,
    kind: leaf.kind,
    role: roleOf(plan, leaf),
    step: versionStep(plan, leaf.id),
    node: leaf.node,
    ms: Math.max(0, ms),
  };
}

/** The role of the node a leaf is about, null where it is about none. */
export function roleOf({ servers }: Plan, { node }: Phase): 'master' | 'node' | null {
  return servers.find(({ hostname }) => hostname === node)?.role ?? null;
}
