import { expect, test } from 'vitest';
import { readPlan } from '../../../src/adapters/gravity/plan.ts';
import { readPlanJson } from '../../../src/adapters/gravity/plan-json.ts';
import type { Plan } from '../../../src/protocol/plan.ts';
import type { Reading } from '../../../src/protocol/problem.ts';
import { recording, recordings, recordingText } from '../../recordings.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

function good(reading: Reading<Plan>): Plan {
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

function statesOf(plan: Plan): string[] {
  return plan.phases.map(({ id, state }) => `${id} ${state}`);
}

const plans = recordings('plans').filter((path) => path.endsWith('.json'));
const others = recordings('plans').filter((path) => !path.endsWith('.json'));

for (const path of plans) {
  test(`${path} is read whole`, () => {
    const plan = good(readPlanJson(recordingText(path)));
    const stored = JSON.parse(recordingText(path));
    expect(plan.operation).toMatchObject({ id: stored.operation_id, type: stored.operation_type });
    expect(plan.phases.map(({ id }) => id)).toEqual(idsIn(stored.phases));
    expect(plan.servers.map(({ hostname }) => hostname)).toEqual(
      stored.servers.map((server: { hostname: string }) => server.hostname),
    );
  });
}

for (const path of others) {
  test(`${path} shows the states that its JSON has`, async () => {
    const plan = good(await readPlan(recording(path), now));
    const json = good(readPlanJson(recordingText(path.replace(/\.\w+$/, '.json'))));
    expect(statesOf(plan)).toEqual(statesOf(json));
  });
}

function idsIn(phases: { id: string; phases?: [] }[]): string[] {
  return phases.flatMap((phase) => [phase.id, ...idsIn(phase.phases ?? [])]);
}
