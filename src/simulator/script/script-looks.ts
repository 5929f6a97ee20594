import { newestByPhase } from '../changelog.ts';
import { planShort, planText } from '../display/plan-table.ts';
import { planYaml } from '../display/plan-yaml.ts';
import { shownPlan } from '../display/shown-plan.ts';
import type { Run } from '../engine/run.ts';
import { goJson } from '../go-json.ts';
import { phaseState, type States } from '../phase-state.ts';
import { statesOn } from '../world.ts';
import type { ScriptCommand } from './script-verbs.ts';

/** The verbs of a script that only look: they never fail and write nothing. */
export const scriptLooks = {
  show: (run: Run, { operands: [format = 'text'] }: ScriptCommand): null => {
    const states = seenStates(run);
    const { plan } = run.world;
    if (format === 'short') return sayAll(run, planShort(plan, states));
    if (format === 'json') return sayAll(run, `${goJson(shownPlan(plan, states), 2)}\n`);
    if (format === 'yaml') return sayAll(run, planYaml(plan, states));
    return sayAll(run, planText(plan, states));
  },
  stored: (run: Run): null => {
    const states = seenStates(run);
    for (const { phase } of run.world.tree.byId.values()) {
      const stored = states.get(phase.id)?.state ?? '';
      run.say(`${phase.id} stored="${stored}" computed="${phaseState(phase, states)}"`);
    }
    return null;
  },
};

/** A node's own copy; on the one machine of the engine's scripts every part wrote into one database. */
function seenStates({ world, node }: Run): States {
  return world.oneProcess ? newestByPhase(world.stores.cluster) : statesOn(world, node);
}

function sayAll(run: Run, text: string): null {
  for (const line of text.replace(/\n$/, '').split('\n')) run.say(line);
  return null;
}
