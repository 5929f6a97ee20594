import type { DurationSample } from '../protocol/learned.ts';
import type { Phase } from '../protocol/phase.ts';
import type { Plan } from '../protocol/plan.ts';
import { versionStep } from './version-step.ts';

/** What makes two leaves comparable in time. */
export type Likeness = Pick<DurationSample, 'kind' | 'role' | 'step' | 'node'>;

/** Tells it of the leaves of one plan; the role is that of the node a leaf is about, null where it is about none. */
export function likenesses(plan: Plan): (leaf: Phase) => Likeness {
  const roles = new Map(plan.servers.map(({ hostname, role }) => [hostname, role] as const));
  const steps = new Map<string, string | null>();
  // The step is one for all below a root phase.
  const stepOf = (id: string): string | null => {
    const root = id.slice(0, id.indexOf('/', 1) >>> 0);
    const known = steps.get(root);
    const step = known === undefined ? versionStep(plan, id) : known;
    steps.set(root, step);
    return step;
  };
  return ({ id, kind, node }) => ({
    kind,
    role: roles.get(node ?? '') ?? null,
    step: stepOf(id),
    node,
  });
}
