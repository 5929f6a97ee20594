import { failureFooter } from '../display/failure-footer.ts';
import { planShort, planText } from '../display/plan-table.ts';
import { planYaml } from '../display/plan-yaml.ts';
import { shownPlan } from '../display/shown-plan.ts';
import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
import { goPrintf } from '../go-printf.ts';
import type { States } from '../phase-state.ts';
import { statesOn, type World } from '../world.ts';
import { noPlanToShow } from './active-operation.ts';
import type { Arguments } from './arguments.ts';
import type { GravityProcess } from './process.ts';
import { tailPlan } from './tail-plan.ts';

type Format = (world: World, states: States) => string;

/** JSON is mangled twice, text once (recordings/cli/plan-json-percent). */
const FORMATS: Readonly<Record<string, Format>> = {
  text: ({ plan, tree }, states) => goPrintf(planText(plan, states)) + goPrintf(failureFooter(tree, states)),
  short: ({ plan, tree }, states) =>
    goPrintf(planShort(plan, states)) + goPrintf(failureFooter(tree, states)),
  yaml: ({ plan }, states) => goPrintf(goPrintf(planYaml(plan, states))),
  json: ({ plan }, states) => goPrintf(goPrintf(goJson(shownPlan(plan, states), 2))),
};

/** `gravity plan`: the host's own view of the plan; quiet prints nothing at all (client-facts 18). */
export async function showPlan(gravity: GravityProcess, given: Arguments): Promise<Fault | null> {
  const missing = noPlanToShow(gravity, given);
  if (missing !== null) return missing;
  if (given.has('tail')) return tailPlan(gravity);
  const wanted = given.has('short') ? 'short' : (given.text('output') ?? 'text');
  const format = FORMATS[wanted];
  if (format === undefined) return fault(`unknown output format "${wanted}"`);
  const { world } = gravity.cluster;
  if (!given.has('quiet')) gravity.out(format(world, statesOn(world, gravity.node)));
  return null;
}
