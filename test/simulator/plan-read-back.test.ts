import { describe, expect, test } from 'vitest';
import { readPlan } from '../../src/adapters/gravity/plan.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { planText } from '../../src/simulator/display/plan-table.ts';
import { planYaml } from '../../src/simulator/display/plan-yaml.ts';
import { shownPlan } from '../../src/simulator/display/shown-plan.ts';
import { goJson } from '../../src/simulator/go-json.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import { createWorld, statesOn } from '../../src/simulator/world.ts';

const CREATED = Date.parse('2026-11-20T14:30:00Z');

const planned = Object.keys(OPERATIONS).filter((name) => name !== 'shrink');

describe('the console reads the plan of every operation alike from each of its forms', () => {
  test.each(planned)('%s', async (name) => {
    const row = OPERATIONS[name];
    if (row === undefined) throw new Error(`there is no operation ${name}`);
    const plan = row.build({
      masters: 3,
      workers: 2,
      operationId: '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
      cluster: 'demo.example.com',
      createdMs: CREATED,
    });
    const world = createWorld({ plan, clock: instantClock(CREATED) });
    const states = statesOn(world, 'master-1');
    const json = await reading(goJson(shownPlan(plan, states), 2));
    expect(json.operation).toMatchObject({ id: plan.operation_id, type: plan.operation_type });
    expect(json.phases.map(({ id }) => id)).toEqual([...world.tree.byId.keys()]);
    expect(await reading(planYaml(plan, states))).toEqual(json);
    const table = await reading(planText(plan, states));
    expect(table.phases.map(({ id, state, requires }) => ({ id, state, requires }))).toEqual(
      json.phases.map(({ id, state, requires }) => ({ id, state, requires })),
    );
  });
});

async function reading(text: string): Promise<Plan> {
  const read = await readPlan(new TextEncoder().encode(text), CREATED);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}
