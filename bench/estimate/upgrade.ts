import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import type { Entry } from '../../src/simulator/changelog.ts';
import { shownPlan } from '../../src/simulator/display/shown-plan.ts';
import { newRun } from '../../src/simulator/engine/run.ts';
import { resumePlan } from '../../src/simulator/engine/whole-plan.ts';
import { goJson } from '../../src/simulator/go-json.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { newLife } from '../../src/simulator/life.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import type { ClusterSize } from '../../src/simulator/plan/servers.ts';
import type { PlanDocument } from '../../src/simulator/plan-document.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { hiddenDurations } from './hidden-durations.ts';

/** An upgrade that was flown to its end: every transition of every leaf as gravity recorded it. Times in epoch ms. */
export type Upgrade = {
  document: PlanDocument;
  plan: Plan;
  entries: readonly Entry[];
  began: number;
  ended: number;
};

const createdMs = Date.parse('2026-11-22T12:00:00Z');

/** The plan of an upgrade of a cluster of this size, as gravity holds it and as the agent reads it. */
export function freshPlan(size: ClusterSize): Pick<Upgrade, 'document' | 'plan'> {
  const operation = OPERATIONS['update'];
  if (operation === undefined) throw new Error('the simulator has no operation named update');
  const operationId = '6a2a7a4e-0000-4000-8000-00000000e571';
  const document = operation.build({ ...size, operationId, cluster: 'bench', createdMs });
  return { document, plan: readingOf(document) };
}

/** What the agent reads of a plan after these transitions. */
export function readingOf(document: PlanDocument, entries: readonly Entry[] = []): Plan {
  const states = new Map(entries.map((entry) => [entry.phaseId, entry]));
  const reading = readPlanJson(goJson(shownPlan(document, states), 2));
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

/** Resumes the plan on its lead master and lets the simulated gravity run it to the end, on a clock that waits for nothing. */
export async function flyUpgrade(
  { document, plan }: Pick<Upgrade, 'document' | 'plan'>,
  seed: number,
): Promise<Upgrade> {
  const lasts = hiddenDurations(
    seed,
    plan.phases.filter(({ leaf }) => leaf),
  );
  const world = createWorld({
    plan: document,
    clock: instantClock(createdMs + 60_000),
    duration: ({ id }) => lasts.get(id) ?? 0,
  });
  const lead = document.lead_master?.hostname ?? '';
  const failed = await resumePlan(newRun(world, lead, newLife(), () => {}));
  if (failed !== null) throw new Error(`seed ${seed}: ${failed.original}`);
  const entries = world.journal;
  return { document, plan, entries, began: entries[0]?.created ?? 0, ended: entries.at(-1)?.created ?? 0 };
}
