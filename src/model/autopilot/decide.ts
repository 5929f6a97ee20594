import type { Autopilot } from '../../protocol/autopilot.ts';
import type { Cluster } from '../../protocol/cluster.ts';
import type { Plan } from '../../protocol/plan.ts';
import { meantOperation } from '../active-operation.ts';
import { nextLeaf } from '../next-leaf.ts';
import { type Outages, outagesOf } from '../outage/outages.ts';
import { type Decision, holdFor } from './decision.ts';
import { elsewhereRule } from './elsewhere-rule.ts';
import { outageRule } from './outage-rule.ts';
import { notToldYet, ownRunRule } from './own-run-rules.ts';
import { hitsNow } from './passed.ts';
import { failureRule, staleRule } from './plan-rules.ts';
import { watched } from './watched.ts';

type Known = { cluster: Cluster; outages: Outages; pilot: Autopilot; plan: Plan; now: number };
type Rule = (known: Known) => Decision | null;

/** Asked in this order; the first that says anything decides. Only when none does is the next leaf executed. */
const rules: readonly Rule[] = [
  ({ cluster, pilot }) => ownRunRule(cluster, pilot),
  ({ pilot }) => (pilot.state === 'pausing' ? holdFor('operator', pilot.sentence) : null),
  ({ cluster, pilot, now }) => staleRule(cluster, pilot, now),
  ({ cluster, pilot }) => elsewhereRule(cluster, pilot),
  ({ cluster, pilot, now }) => notToldYet(cluster, pilot, now),
  ({ cluster, pilot }) => failureRule(cluster, pilot),
  ({ plan }) => (nextLeaf(plan) === null ? holdFor('last', lastSentence) : null),
  breakpointRule,
  outageRule,
];

/**
 * What an autopilot that is armed, or pausing, does now (epoch ms, the agent's clock). Pure: the cluster holds all it
 * knows, its own steps among the runs.
 */
export function decide(cluster: Cluster, now: number): Decision {
  const ended = whyEnded(cluster);
  const { autopilot, plan } = cluster;
  if (ended !== null || autopilot === null || plan === null) return { do: 'end', sentence: ended ?? '' };
  const outages = outagesOf(cluster);
  const known = { cluster, outages, plan, now, pilot: watched(cluster, autopilot, now, outages) };
  for (const rule of rules) {
    const decision = rule(known);
    if (decision !== null) return decision;
  }
  const phase = nextLeaf(plan)?.id ?? '';
  return { do: 'step', phase, sentence: `executes ${phase}` };
}

/** Why there is nothing to drive any more, also for one that holds; null while there is. */
export function whyEnded(cluster: Cluster): string | null {
  const { autopilot, plan } = cluster;
  if (autopilot === null) return 'there is no autopilot';
  if (plan === null || plan.operation.id !== autopilot.operation) return 'it was armed for another operation';
  return meantOperation(cluster)?.state === 'completed' ? 'the operation is completed' : null;
}

function breakpointRule({ cluster, pilot, now }: Known): Decision | null {
  const hit = hitsNow(cluster, now).find(({ key }) => !pilot.passed.includes(key));
  if (hit === undefined) return null;
  const { id: breakpoint } = hit.breakpoint;
  const phase = (cluster.plan && nextLeaf(cluster.plan)?.id) ?? null;
  return { do: 'hold', hold: 'breakpoint', breakpoint, phase, sentence: hit.sentence };
}

const lastSentence =
  'every leaf is completed: complete the operation (operation.complete), then shut the update agents down (agent.shutdown)';
