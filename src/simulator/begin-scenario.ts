import type { Cluster } from './cluster/cluster.ts';
import { startResumeUnit } from './gravity/resume-unit.ts';
import { namedInPlan } from './named-in-plan.ts';
import type { Said, Scenario } from './scenarios.ts';
import { VERBS, type VerbContext } from './verbs/verbs.ts';
import { reconcile, record, runsOn } from './world.ts';

/** The host a scenario puts the doors on; null is the lead master. */
export function hostOfScenario(scenario: Scenario, world: Cluster['world']): string | null {
  return scenario.host === undefined ? null : namedInPlan(world, scenario.host);
}

/** Lets a scenario begin: what it says at the start is so when this ends, the rest at its moments. */
export async function beginScenario({ begins, says }: Scenario, context: VerbContext): Promise<void> {
  const { cluster } = context;
  for (const said of says) {
    if (said.when === undefined) await say(context, said);
    else sayLater(context, said);
  }
  if (begins === 'under way') adoptPreparations(cluster);
  if (begins !== 'waiting')
    startResumeUnit(cluster, cluster.world.plan.lead_master?.hostname ?? cluster.host);
}

/** A plan without what a line is about goes on without the line. */
async function say(context: VerbContext, { words }: Said): Promise<void> {
  const named = words.map((word) => namedInPlan(context.cluster.world, word));
  const [verb = '', ...operands] = named.filter((word) => word !== null);
  if (!named.includes(null)) await VERBS[verb]?.run(context, operands);
}

function sayLater(context: VerbContext, said: Said): void {
  const { world } = context.cluster;
  const wanted = said.when === undefined ? null : namedInPlan(world, said.when.phase);
  const watcher: Parameters<typeof world.watchers.add>[0] = ({ id }, moment) => {
    if (id !== wanted || moment !== said.when?.moment) return;
    world.watchers.delete(watcher);
    void say(context, said);
  };
  world.watchers.add(watcher);
}

/** Leaves already behind us when the doors open: enough to see a tree half green, far from the first trouble. */
const DONE = /^\/(init|checks|pre-update|bootstrap)(\/|$)/;

/**
 * What was done before we came is completed, at the pace it takes: on its own node, and where that is not the lead, by the
 * lead as well, as a resume there would have left it.
 */
function adoptPreparations({ world, host }: Cluster): void {
  const lead = world.plan.lead_master?.hostname ?? host;
  const done = world.tree.leaves.filter(
    ({ id }) => DONE.test(id) && !world.stores.cluster.has(`adopted${id}`),
  );
  const whole = done.reduce((sum, phase) => sum + world.duration(phase), 0);
  const ago = Math.min(whole, world.clock.now() - world.operation.created);
  let passed = 0;
  for (const phase of done) {
    passed += world.duration(phase);
    const agoMs = ago * (1 - passed / whole);
    for (const node of new Set([runsOn(phase)?.hostname ?? lead, lead])) {
      reconcile(world, node);
      record(world, node, { phaseId: phase.id, state: 'completed', agoMs });
    }
  }
}
