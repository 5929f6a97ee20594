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

type Format = {
  document(world: World, states: States): string;
  /** Printed even with --quiet, past gravity's silent printer. */
  footer?(world: World, states: States): string;
};

const footer = ({ plan }: World, states: States): string => goPrintf(failureFooter(plan, states));

/** JSON is mangled twice, text once (recordings/cli/plan-json-percent). */
const FORMATS: Readonly<Record<string, Format>> = {
  text: { document: ({ plan }, states) => goPrintf(planText(plan, states)), footer },
  short: { document: ({ plan }, states) => goPrintf(planShort(plan, states)), footer },
  yaml: { document: ({ plan }, states) => goPrintf(goPrintf(planYaml(plan, states))) },
  json: { document: ({ plan }, states) => goPrintf(goPrintf(goJson(shownPlan(plan, states), 2))) },
};

/** `gravity plan`: the host's own view of the plan; quiet prints no document at all (client-facts 18). */
export async function showPlan(gravity: GravityProcess, given: Arguments): Promise<Fault | null> {
  const missing = noPlanToShow(gravity, given);
  if (missing !== null) return missing;
  if (given.has('tail')) return tailPlan(gravity);
  const wanted = given.has('short') ? 'short' : (given.text('output') ?? 'text');
  const format = FORMATS[wanted];
  if (format === undefined) return fault(`unknown output format "${wanted}"`);
  const { world } = gravity.cluster;
  const states = statesOn(world, gravity.node);
  gravity.print(format.document(world, states));
  gravity.out(format.footer?.(world, states) ?? '');
  return null;
}
