import { describe, expect, test } from 'vitest';
import { planShort, planText } from '../../src/simulator/display/plan-table.ts';
import { planYaml } from '../../src/simulator/display/plan-yaml.ts';
import { shownPlan } from '../../src/simulator/display/shown-plan.ts';
import { goJson } from '../../src/simulator/go-json.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { readPlanDocument } from '../../src/simulator/plan-document.ts';
import { createWorld, statesOn, type World } from '../../src/simulator/world.ts';
import { recordings, recordingText } from '../recordings.ts';

/** Recorded documents that have a YAML form: the document and where it is. */
const yamls = [
  { json: 'plans/failed-3m2w.json', yaml: 'plans/failed-3m2w.yaml' },
  { json: 'cli/plan-json.stdout', yaml: 'cli/plan-yaml.stdout' },
];

const plans = recordings('plans').filter((path) => path.endsWith('.json'));

describe('a recorded plan comes out as gravity prints it, byte for byte', () => {
  test.each(plans)('%s', (path) => {
    const world = worldOf(recordingText(path));
    const states = statesOn(world, world.plan.servers[0]?.hostname ?? '');
    expect(goJson(shownPlan(world.plan, states), 2)).toBe(recordingText(path));
    expect(planText(world.plan, states)).toBe(recordingText(path.replace(/json$/, 'txt')));
    expect(planShort(world.plan, states)).toBe(recordingText(path.replace(/json$/, 'short')));
  });
});

describe('a recorded plan comes out in YAML as gravity prints it, byte for byte', () => {
  test.each(yamls)('$json', ({ json, yaml }) => {
    const world = worldOf(recordingText(json));
    expect(planYaml(world.plan, statesOn(world, 'master-1'))).toBe(recordingText(yaml));
  });
});

function worldOf(text: string): World {
  const read = readPlanDocument(text);
  if ('refused' in read) throw new Error(read.refused);
  return createWorld({ plan: read.plan, clock: instantClock(Date.parse(read.plan.created_at)) });
}
